/** Chapters about what resources cost. Without configured prices they speak of resources alone, and say so. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell, KeyFigure } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { countCell } from '../cells.ts';
import type { NamespaceHealth } from '../facts/period.ts';
import type { Costs } from '../facts/service.ts';
import { formatBytes, formatNumber, NO_VALUE, plural, say } from '../format.ts';
import { idleNodesList, monthlyPrice, orphanedVolumesList, oversizedList, priceCell, workloadCostsList } from '../lists/costs.ts';
import { listTable } from '../lists/list.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { MARGIN_PERCENT, spareOf } from '../oversized.ts';
import { awaitedPrices, notMeasured, priceNote, usageNote } from '../sections/cost-notes.ts';
import { contradiction, givenBack, NONE_SAVED, savings } from '../sections/savings.ts';
import { missingWords } from '../words.ts';
import type { Chapter } from './chapter.ts';

const GIB = 2 ** 30;
function gap(model: ReportModel, locale: Locale): readonly Block[] {
  const missing = model.costs && 'missing' in model.costs ? model.costs.missing : 'not-gathered';
  return [callout('unknown', say(locale, '没有费用数据', 'No cost data'), `${missingWords(missing, locale)}${say(locale, '。', '.')}`)];
}
/** What nobody measured has no unit either. */
function percent(part: number | undefined, whole: number | undefined): Pick<KeyFigure, 'value' | 'unit'> {
  if (part === undefined || whole === undefined || whole === 0) return { value: NO_VALUE };
  return { value: formatNumber(Number(((part / whole) * 100).toPrecision(3))), unit: '%' };
}
/** What the nodes cost a month: all that they can give, and where that is unknown what is asked of them. */
function nodesPrice(model: ReportModel, { requestedMillicores, allocatableMillicores, requestedBytes, allocatableBytes }: Costs): number | undefined {
  return monthlyPrice(model, { millicores: allocatableMillicores ?? requestedMillicores, memoryBytes: allocatableBytes ?? requestedBytes });
}
function overviewBlocks(model: ReportModel, locale: Locale): readonly Block[] {
  const costs = known(model.costs);
  if (!costs) return gap(model, locale);
  const { requestedMillicores, usedMillicores, allocatableMillicores, requestedBytes, usedBytes, allocatableBytes, prices } = costs;
  const total = nodesPrice(model, costs);
  const kept: KeyFigure[] = [
    {
      label: say(locale, 'CPU 申请率', 'CPU requested'),
      ...percent(requestedMillicores, allocatableMillicores),
      note: `${formatNumber(requestedMillicores / 1_000)} / ${allocatableMillicores === undefined ? NO_VALUE : formatNumber(allocatableMillicores / 1_000)} ${say(locale, '核（全部节点可分配）', 'cores (allocatable, all nodes)')}`,
    },
    {
      label: say(locale, 'CPU 使用 / 申请', 'CPU used vs. requested'),
      ...percent(usedMillicores, requestedMillicores),
      note:
        usedMillicores === undefined
          ? say(locale, '未采集使用量', 'utilisation not collected')
          : `${formatNumber(Math.round(usedMillicores / 100) / 10)} ${say(locale, '核（metrics-server，含系统）', 'cores (metrics-server, system included)')}`,
    },
    {
      label: say(locale, '内存申请率', 'Memory requested'),
      ...percent(requestedBytes, allocatableBytes),
      note: `${formatBytes(requestedBytes)} / ${allocatableBytes === undefined ? NO_VALUE : formatBytes(allocatableBytes)}${say(locale, '（全部节点可分配）', ' (allocatable, all nodes)')}`,
    },
    {
      label: say(locale, '内存使用 / 申请', 'Memory used vs. requested'),
      ...percent(usedBytes, requestedBytes),
      note:
        usedBytes === undefined
          ? say(locale, '未采集使用量', 'utilisation not collected')
          : `${formatBytes(usedBytes)}${say(locale, '（metrics-server，含系统）', ' (metrics-server, system included)')}`,
    },
  ];
  const saved = savings(costs);
  const money = (price: number | undefined): string => (price === undefined ? '' : `${formatNumber(Math.round(price))} ${prices?.currency ?? ''}`);
  // An idle node gives back what it costs; what is oversized on the others gives back their requests: the larger of the two is sure.
  const ways = [saved.nodes, saved.requests ?? NONE_SAVED].map((way) => monthlyPrice(model, way) ?? 0);
  const storage = monthlyPrice(model, saved.volumes);
  const freed = storage === undefined ? 0 : Math.round(Math.max(...ways) + storage);
  const worth =
    freed === 0
      ? ''
      : say(
          locale,
          `可释放的容量折合每月约 ${money(freed)}，减少节点或清理存储卷之后费用才会实际下降。`,
          `Capacity worth about ${money(freed)} per month can be freed; the amount paid falls only once nodes are removed or volumes deleted. `,
        );
  const lead =
    total === undefined
      ? givenBack(saved, locale)
      : say(
          locale,
          `各节点的 CPU 与内存折合每月 ${money(total)}（不含在用的存储）。${worth}${givenBack(saved, locale)}`,
          `CPU and memory of the nodes cost ${money(total)} per month (storage in use not included). ${worth}${givenBack(saved, locale)}`,
        );
  return [paragraph(lead, 'lead'), { type: 'keyFigures', figures: kept }, ...contradiction(costs, locale), ...notMeasured(costs, locale), priceNote(model, locale)];
}

export const costOverview: Chapter = {
  id: 'cost-overview',
  title: { zh: '总览', en: 'At a glance' },
  runsOn: true,
  awaits: awaitedPrices,
  write: overviewBlocks,
};

/** By namespace, the most expensive first. */
export const costByNamespace: Chapter = {
  id: 'cost-namespaces',
  title: { zh: '按命名空间', en: 'By namespace' },
  runsOn: true,
  write: (model, locale) => [namespaceCosts(model, locale), ...namespaceNote(model, locale)],
};
function namespaceCosts(model: ReportModel, locale: Locale): Block {
  const value = known(model.namespaces);
  const title = say(locale, '各命名空间的申请与使用', 'Requested and used by namespace');
  if (!value)
    return callout(
      'unknown',
      title,
      `${missingWords(model.namespaces && 'missing' in model.namespaces ? model.namespaces.missing : 'not-gathered', locale)}${say(locale, '。', '.')}`,
    );
  const weight = (row: (typeof value.rows)[number]): number => (row.cpuRequestMillicores ?? 0) / 1_000 + (row.memoryRequestBytes ?? 0) / GIB / 4;
  const scaled = (amount: number | undefined, by: number): Cell => countCell(amount === undefined ? undefined : amount / by);
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '命名空间', 'Namespace'), 'name', 4),
      figures(say(locale, 'CPU 申请（核）', 'CPU requested (cores)'), 2),
      figures(say(locale, 'CPU 使用（核）', 'CPU used (cores)'), 2),
      figures(say(locale, '内存申请（GiB）', 'Memory requested (GiB)'), 2),
      figures(say(locale, '内存使用（GiB）', 'Memory used (GiB)'), 2),
      { ...figures(say(locale, '月费用', 'Per month'), 2), optional: true },
    ],
    rows: value.rows
      .toSorted((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1))
      .slice(0, 20)
      .map((row) => [
        { text: row.name },
        scaled(row.cpuRequestMillicores, 1_000),
        scaled(row.cpuUsedMillicores, 1_000),
        scaled(row.memoryRequestBytes, GIB),
        scaled(row.memoryUsedBytes, GIB),
        priceCell(monthlyPrice(model, { millicores: row.cpuRequestMillicores ?? 0, memoryBytes: row.memoryRequestBytes ?? 0 })),
      ]),
    total: value.total,
    empty: say(locale, '没有命名空间。', 'There are no namespaces.'),
  };
}

/** Why the namespaces add up to more than the nodes, and what their use is. */
function namespaceNote(model: ReportModel, locale: Locale): readonly Block[] {
  const rows = known(model.namespaces)?.rows ?? [];
  const costs = known(model.costs);
  if (!costs || rows.length === 0) return [];
  const sum = (value: (row: (typeof rows)[number]) => number | undefined): number => rows.reduce((total, row) => total + (value(row) ?? 0), 0);
  const millicores = sum(({ cpuRequestMillicores }) => cpuRequestMillicores) - costs.requestedMillicores;
  const bytes = sum(({ memoryRequestBytes }) => memoryRequestBytes) - costs.requestedBytes;
  const waiting =
    millicores > costs.requestedMillicores * SAME || bytes > costs.requestedBytes * SAME
      ? say(
          locale,
          `本表含尚未分配到节点的 Pod 的申请（${formatNumber(Math.round(Math.max(0, millicores) / 10) / 100)} 核、${formatBytes(Math.max(0, bytes))}），总览只计节点上的 Pod。`,
          `The table includes requests of pods not yet assigned to a node (${plural(Math.round(Math.max(0, millicores) / 10) / 100, 'core')}, ${formatBytes(Math.max(0, bytes))}); the overview counts pods on nodes only. `,
        )
      : '';
  const used = rows.some(({ cpuUsedMillicores }) => cpuUsedMillicores !== undefined)
    ? say(locale, '使用量为数据截至时的值（metrics-server）。', 'Usage is as of the inspection (metrics-server).')
    : '';
  const words_ = `${waiting}${used}${namespacePrices(model, sum, locale)}`.trim();
  return words_ === '' ? [] : [paragraph(words_, 'note')];
}
/** What nobody asked for is paid for too: without it the namespaces do not add up to the whole. */
function namespacePrices(model: ReportModel, sum: (value: (row: NamespaceHealth) => number | undefined) => number, locale: Locale): string {
  const costs = known(model.costs);
  if (!costs) return '';
  const all = nodesPrice(model, costs);
  const asked = monthlyPrice(model, { millicores: sum(({ cpuRequestMillicores }) => cpuRequestMillicores), memoryBytes: sum(({ memoryRequestBytes }) => memoryRequestBytes) });
  if (all === undefined || asked === undefined || asked > all) return '';
  // Pods without a node ask for nothing of the nodes.
  const placed = monthlyPrice(model, { millicores: costs.requestedMillicores, memoryBytes: costs.requestedBytes }) ?? 0;
  const [one, whole, free] = [asked, all, all - placed].map((amount) => formatNumber(Math.round(amount)));
  return say(
    locale,
    `费用按申请量折算，本表合计 ${one}；全部节点合计 ${whole}，其中 ${free} 为没有被申请的容量。`,
    ` Amounts follow requests: this table adds up to ${one}, all nodes to ${whole}, of which ${free} is capacity that nobody requested.`,
  );
}
/** Two sums of requests within this share are one. */
const SAME = 0.005;

/** What each workload asks for beside what it uses, the largest first. */
export const costByWorkload: Chapter = {
  id: 'cost-workloads',
  title: { zh: '按工作负载', en: 'By workload' },
  runsOn: true,
  write: (model, locale) => (known(model.costs) ? [listTable(workloadCostsList, model, locale, 20), ...usageNote(model, locale)] : []),
};
export const idleResources: Chapter = {
  id: 'cost-idle',
  title: { zh: '闲置与超配', en: 'Idle and oversized' },
  runsOn: true,
  write: (model, locale) =>
    known(model.costs) ? [listTable(idleNodesList, model, locale), listTable(orphanedVolumesList, model, locale), listTable(oversizedList, model, locale)] : gap(model, locale),
};

/** Measures that follow from the lists, each with its risk. */
export const costAdvice: Chapter = {
  id: 'cost-advice',
  title: { zh: '优化建议', en: 'What to do' },
  runsOn: true,
  write(model, locale) {
    const costs = known(model.costs);
    if (!costs) return gap(model, locale);
    const { idleNodes = [], oversized = [], orphanedVolumes = [] } = costs;
    const rows: Cell[][] = [];
    const add = (count: number, what: string, measure: string, risk: string, price: number | undefined): void => {
      if (count > 0) rows.push([{ text: what }, { text: measure }, { text: risk }, priceCell(price)]);
    };
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    add(
      idleNodes.length,
      say(locale, `${idleNodes.length} 个闲置节点`, plural(idleNodes.length, 'idle node')),
      say(locale, '先停止调度并排空，观察一周后下线。', 'Cordon and drain, watch for a week, then remove.'),
      say(locale, '节点故障时余量变小。', 'Less headroom if a node fails.'),
      monthlyPrice(model, { millicores: sum(idleNodes.map(({ millicores }) => millicores)), memoryBytes: sum(idleNodes.map(({ bytes }) => bytes)) }),
    );
    add(
      orphanedVolumes.length,
      say(locale, `${orphanedVolumes.length} 个无主存储卷`, plural(orphanedVolumes.length, 'unclaimed volume', 'unclaimed volumes')),
      say(locale, '确认数据不再需要并备份后删除。', 'Confirm the data is no longer needed, back it up, then delete.'),
      say(locale, '删除后数据不可恢复。', 'Deleted data cannot be recovered.'),
      monthlyPrice(model, { storageBytes: sum(orphanedVolumes.map(({ bytes }) => bytes)) }),
    );
    add(
      oversized.length,
      say(locale, `${oversized.length} 个超配工作负载`, plural(oversized.length, 'oversized workload')),
      say(
        locale,
        `按本期使用量的 P95 加 ${MARGIN_PERCENT} % 余量下调申请值，先核对业务高峰，分批进行。`,
        `Check business peaks, then reduce requests step by step to the 95th percentile of usage plus a ${MARGIN_PERCENT} % margin.`,
      ),
      say(locale, '业务高峰未在本期内时会偏低。', 'Requests may end up too low if the business peak fell outside this period.'),
      savings(costs).requests === undefined
        ? undefined
        : monthlyPrice(model, {
            millicores: sum(oversized.map((row) => spareOf(row).millicores)),
            memoryBytes: sum(oversized.map((row) => spareOf(row).bytes)),
          }),
    );
    return [
      {
        type: 'table',
        title: say(locale, '建议措施', 'Measures'),
        columns: [
          words(say(locale, '项', 'Item'), 'text', 3),
          words(say(locale, '措施', 'Action'), 'text', 5),
          words(say(locale, '风险', 'Risk'), 'text', 4),
          { ...figures(say(locale, '可释放折合（月）', 'Frees, per month'), 2), optional: true },
        ],
        rows,
        total: rows.length,
        empty:
          costs.idleNodes && costs.oversized && costs.orphanedVolumes
            ? say(locale, '没有需要优化的资源。', 'No savings were found.')
            : say(locale, '已计量的部分没有需要优化的资源。', 'No savings were found in what was measured.'),
      },
    ];
  },
};
/** Costs in one chapter of a longer report. */
export const costAnalysis: Chapter = {
  id: 'cost-analysis',
  title: { zh: '费用分析', en: 'Costs' },
  runsOn: true,
  write: (model, locale) =>
    known(model.costs)
      ? [
          ...overviewBlocks(model, locale),
          listTable(idleNodesList, model, locale, 5),
          listTable(orphanedVolumesList, model, locale, 5),
          listTable(oversizedList, model, locale, 10),
          ...usageNote(model, locale),
        ]
      : gap(model, locale),
};
