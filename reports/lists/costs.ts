/** Lists about what resources cost: idle nodes, volumes that nobody claims, workloads that ask for too much. */

import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Cell } from '../blocks.ts';
import { bytesCell, countCell, dateCell, shareCell, textCell } from '../cells.ts';
import type { Costs, IdleNode, OrphanedVolume, OversizedWorkload, WorkloadCost } from '../facts/service.ts';
import { formatBytes, formatNumber, NO_VALUE, say } from '../format.ts';
import type { Fact, ReportModel, Rows } from '../model.ts';
import { known } from '../model.ts';
import { oversizedIn, spareOf } from '../oversized.ts';
import type { List } from './list.ts';

const GIB = 2 ** 30;
function pick<T>({ costs }: ReportModel, rowsOf: (costs: Costs) => readonly T[] | undefined): Fact<Rows<T>> | undefined {
  if (!costs || 'missing' in costs) return costs;
  const rows = rowsOf(costs.value);
  if (!rows) return { missing: 'not-gathered' };
  return { value: { rows, total: rows.length } };
}
/** Money of a month, or nothing where no price is configured. */
export function monthlyPrice({ costs }: ReportModel, use: { readonly millicores?: number; readonly memoryBytes?: number; readonly storageBytes?: number }): number | undefined {
  const prices = known(costs)?.prices;
  if (!prices) return undefined;
  return ((use.millicores ?? 0) / 1_000) * prices.perCore + ((use.memoryBytes ?? 0) / GIB) * prices.perGibMemory + ((use.storageBytes ?? 0) / GIB) * prices.perGibStorage;
}
export function priceCell(price: number | undefined): Cell {
  return price === undefined ? { text: NO_VALUE } : { text: formatNumber(Math.round(price)), value: Math.round(price) };
}
const saved = { title: { zh: '月费用', en: 'Per month' }, align: 'right', weight: 2, optional: true, width: 14 } as const;

export const idleNodesList: List<IdleNode> = {
  id: 'idle-nodes',
  title: { zh: '闲置节点', en: 'Idle nodes' },
  sheet: { zh: '闲置节点', en: 'Idle nodes' },
  empty: { zh: '没有闲置节点。', en: 'No node is idle.' },
  pick: (model) => pick(model, ({ idleNodes }) => idleNodes),
  columns: [
    { title: { zh: '节点', en: 'Node' }, format: 'name', weight: 5, width: 30, cell: ({ name }) => textCell(name) },
    { title: { zh: 'CPU（核）', en: 'CPU (cores)' }, align: 'right', weight: 2, width: 12, cell: ({ millicores }) => countCell(millicores / 1_000) },
    { title: { zh: '内存', en: 'Memory' }, align: 'right', weight: 2, width: 14, cell: ({ bytes }) => bytesCell(bytes) },
    {
      title: { zh: 'CPU 申请（%）', en: 'CPU requested (%)' },
      align: 'right',
      weight: 2.4,
      width: 16,
      numbers: '0.0',
      cell: ({ requestedPercent }) => shareCell(requestedPercent),
    },
    {
      title: { zh: 'CPU 使用（%，metrics-server）', en: 'CPU used (%, metrics-server)' },
      align: 'right',
      weight: 3,
      width: 24,
      numbers: '0.0',
      cell: ({ usedPercent }) => shareCell(usedPercent),
    },
    { ...saved, cell: ({ millicores, bytes }, model) => priceCell(monthlyPrice(model, { millicores, memoryBytes: bytes })) },
  ],
};
export const orphanedVolumesList: List<OrphanedVolume> = {
  id: 'orphaned-volumes',
  title: { zh: '无主存储卷', en: 'Unclaimed volumes' },
  sheet: { zh: '无主存储卷', en: 'Orphaned volumes' },
  empty: { zh: '没有无主存储卷。', en: 'Every volume is claimed.' },
  pick: (model) => pick(model, ({ orphanedVolumes }) => orphanedVolumes),
  columns: [
    { title: { zh: '存储卷', en: 'Volume' }, format: 'name', weight: 6, width: 44, cell: ({ name }) => textCell(name) },
    { title: { zh: '存储类', en: 'Storage class' }, format: 'name', weight: 3, width: 20, cell: ({ storageClass }) => textCell(storageClass) },
    { title: { zh: '容量', en: 'Size' }, align: 'right', weight: 2, width: 14, cell: ({ bytes }) => textCell(formatBytes(bytes)) },
    { title: { zh: '自', en: 'Since' }, weight: 2.2, width: 14, cell: ({ since }, model) => dateCell(since, model) },
    { ...saved, cell: ({ bytes }, model) => priceCell(monthlyPrice(model, { storageBytes: bytes })) },
  ],
};
/** Nothing is asked for: a zero would read like a measurement. */
function unset(locale: Locale): Cell {
  return { text: say(locale, '未设置', 'not set'), tone: 'neutral' };
}
/** Used percent of requested; nothing asked for has no share. */
function usedShare(used: number | undefined, requested: number): Cell {
  return used === undefined || requested <= 0 ? { text: NO_VALUE } : shareCell((used / requested) * 100);
}
export const workloadCostsList: List<WorkloadCost> = {
  id: 'workload-costs',
  title: { zh: '各工作负载的申请与使用', en: 'Requested and used by workload' },
  sheet: { zh: '工作负载成本', en: 'Workload costs' },
  empty: { zh: '没有工作负载。', en: 'There are no workloads.' },
  pick({ costs }) {
    if (!costs || 'missing' in costs) return costs;
    return costs.value.workloads ? { value: costs.value.workloads } : { missing: 'not-gathered' };
  },
  columns: [
    { title: { zh: '命名空间', en: 'Namespace' }, format: 'name', weight: 3, width: 22, cell: ({ namespace }) => textCell(namespace) },
    { title: { zh: '工作负载', en: 'Workload' }, format: 'name', weight: 4, width: 30, cell: ({ name }) => textCell(name) },
    { title: { zh: '类型', en: 'Kind' }, width: 14, cell: ({ kind }) => textCell(kind === 'other' ? undefined : kind) },
    { title: { zh: 'Pod', en: 'Pods' }, align: 'right', width: 10, cell: ({ pods }) => countCell(pods) },
    {
      title: { zh: 'CPU 申请（核）', en: 'CPU requested (cores)' },
      align: 'right',
      weight: 2.2,
      width: 16,
      cell: ({ requestedMillicores }, _model, locale) => (requestedMillicores === 0 ? unset(locale) : countCell(requestedMillicores / 1_000)),
    },
    {
      title: { zh: 'CPU 使用（核）', en: 'CPU used (cores)' },
      align: 'right',
      weight: 2.2,
      width: 16,
      cell: ({ usedMillicores }) => countCell(usedMillicores === undefined ? undefined : usedMillicores / 1_000),
    },
    {
      title: { zh: 'CPU 使用率（%）', en: 'CPU in use (%)' },
      align: 'right',
      weight: 1.8,
      width: 12,
      numbers: '0.0',
      cell: ({ usedMillicores, requestedMillicores }) => usedShare(usedMillicores, requestedMillicores),
    },
    {
      title: { zh: '内存申请', en: 'Memory requested' },
      align: 'right',
      weight: 2.2,
      width: 14,
      cell: ({ requestedBytes }, _model, locale) => (requestedBytes === 0 ? unset(locale) : bytesCell(requestedBytes)),
    },
    { title: { zh: '内存使用', en: 'Memory used' }, align: 'right', weight: 2.2, width: 14, cell: ({ usedBytes }) => bytesCell(usedBytes) },
    {
      title: { zh: '内存使用率（%）', en: 'Memory in use (%)' },
      align: 'right',
      weight: 1.8,
      width: 12,
      numbers: '0.0',
      cell: ({ usedBytes, requestedBytes }) => usedShare(usedBytes, requestedBytes),
    },
    { ...saved, cell: ({ requestedMillicores, requestedBytes }, model) => priceCell(monthlyPrice(model, { millicores: requestedMillicores, memoryBytes: requestedBytes })) },
  ],
};
export const oversizedList: List<OversizedWorkload> = {
  id: 'oversized',
  title: { zh: '申请远大于使用的工作负载', en: 'Oversized workloads (requests far above usage)' },
  sheet: { zh: '超配工作负载', en: 'Oversized workloads' },
  empty: { zh: '没有明显超配的工作负载。', en: 'No workload requests far more than it uses.' },
  pick: (model) => pick(model, ({ oversized }) => oversized),
  columns: [
    { title: { zh: '命名空间', en: 'Namespace' }, format: 'name', weight: 3, width: 22, cell: ({ namespace }) => textCell(namespace) },
    { title: { zh: '工作负载', en: 'Workload' }, format: 'name', weight: 4, width: 30, cell: ({ name }) => textCell(name) },
    {
      title: { zh: '超配项', en: 'Too much of' },
      weight: 2,
      width: 14,
      cell: (row, _model, locale) =>
        textCell(
          oversizedIn(row)
            .map((what) => (what === 'cpu' ? 'CPU' : say(locale, '内存', 'memory')))
            .join(say(locale, '、', ', ')),
        ),
    },
    {
      title: { zh: 'CPU 申请（核）', en: 'CPU requested (cores)' },
      align: 'right',
      weight: 2.4,
      width: 16,
      cell: ({ requestedMillicores }, _model, locale) => (requestedMillicores === 0 ? unset(locale) : countCell(requestedMillicores / 1_000)),
    },
    { title: { zh: 'CPU 使用（核）', en: 'CPU used (cores)' }, align: 'right', weight: 2.4, width: 16, cell: ({ usedMillicores }) => countCell(usedMillicores / 1_000) },
    {
      title: { zh: '内存申请', en: 'Memory requested' },
      align: 'right',
      weight: 2.2,
      width: 14,
      cell: ({ requestedBytes }, _model, locale) => (requestedBytes === 0 ? unset(locale) : bytesCell(requestedBytes)),
    },
    { title: { zh: '内存使用', en: 'Memory used' }, align: 'right', weight: 2.2, width: 14, cell: ({ usedBytes }) => bytesCell(usedBytes) },
    {
      ...saved,
      title: { zh: '可释放折合（月）', en: 'Frees, per month' },
      cell: (row, model) => priceCell(monthlyPrice(model, { millicores: spareOf(row).millicores, memoryBytes: spareOf(row).bytes })),
    },
  ],
};
