import { countCell, textCell } from '../cells.ts';
import type { NamespaceHealth } from '../facts/period.ts';
import { NO_VALUE } from '../format.ts';
import { known } from '../model.ts';
import type { List } from './list.ts';

/** Namespaces, those with the worst findings first. */
export const namespacesList: List<NamespaceHealth> = {
  id: 'namespaces',
  title: { zh: '命名空间健康', en: 'Health by namespace' },
  sheet: { zh: '命名空间', en: 'Namespaces' },
  empty: { zh: '没有命名空间。', en: 'There are no namespaces.' },
  pick({ namespaces }) {
    const value = known(namespaces);
    if (!value) return namespaces;
    const weight = ({ findings }: NamespaceHealth): number => findings.critical * 1e6 + findings.warning * 1e3 + findings.info;
    return { value: { rows: value.rows.toSorted((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1)), total: value.total } };
  },
  columns: [
    { title: { zh: '命名空间', en: 'Namespace' }, format: 'name', weight: 4, width: 30, cell: ({ name }) => textCell(name) },
    {
      title: { zh: '就绪 / 工作负载', en: 'Healthy / workloads' },
      align: 'right',
      weight: 2.4,
      width: 18,
      cell: ({ workloads, healthyWorkloads }) => ({
        text: `${healthyWorkloads ?? NO_VALUE} / ${workloads}`,
        tone: healthyWorkloads !== undefined && healthyWorkloads < workloads ? 'warning' : undefined,
      }),
    },
    { title: { zh: 'Pod', en: 'Pods' }, align: 'right', weight: 1.4, width: 10, cell: ({ pods }) => countCell(pods) },
    { title: { zh: '重启', en: 'Restarts' }, align: 'right', weight: 1.6, width: 10, cell: ({ restarts }) => countCell(restarts) },
    { title: { zh: '■ 严重', en: '■ Critical' }, align: 'right', weight: 1.6, width: 14, cell: ({ findings }) => countCell(findings.critical, 'critical') },
    { title: { zh: '▲ 风险', en: '▲ Warning' }, align: 'right', weight: 1.6, width: 14, cell: ({ findings }) => countCell(findings.warning, 'warning') },
    { title: { zh: '● 关注', en: '● Notice' }, align: 'right', weight: 1.6, width: 14, cell: ({ findings }) => countCell(findings.info, 'info') },
    {
      title: { zh: 'CPU 申请（核）', en: 'CPU requested (cores)' },
      align: 'right',
      weight: 2,
      width: 16,
      numbers: '0.0',
      cell: ({ cpuRequestMillicores: value }) => countCell(value === undefined ? undefined : value / 1_000),
    },
    {
      title: { zh: 'CPU 使用（核）', en: 'CPU used (cores)' },
      align: 'right',
      weight: 2,
      width: 16,
      numbers: '0.0',
      cell: ({ cpuUsedMillicores: value }) => countCell(value === undefined ? undefined : value / 1_000),
    },
    {
      title: { zh: '内存申请（GiB）', en: 'Memory requested (GiB)' },
      width: 18,
      numbers: '0.0',
      cell: ({ memoryRequestBytes: value }) => countCell(value === undefined ? undefined : value / 2 ** 30),
    },
    {
      title: { zh: '内存使用（GiB）', en: 'Memory used (GiB)' },
      width: 18,
      numbers: '0.0',
      cell: ({ memoryUsedBytes: value }) => countCell(value === undefined ? undefined : value / 2 ** 30),
    },
  ],
};
