import type { Finding } from '../../agent/wire/inspection.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { heading, paragraph } from '../blocks.ts';
import { nodeBars } from '../charts/node-figures.ts';
import { findingsAt, findingsTable, foundWords } from '../findings.ts';
import { plural, say } from '../format.ts';
import type { ClusterFacts, NodeFacts, ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { differenceBlocks } from '../sections/differences.ts';
import { forecastBlocks } from '../sections/outlook.ts';
import { trendCharts } from '../sections/trends.ts';
import type { Chapter } from './chapter.ts';
import { noCluster } from './control-plane.ts';
import { gap, nodesTable } from './facts.ts';

/** Worker nodes; without a cluster, the inspected machine. */
export const workers: Chapter = {
  id: 'workers',
  title: { zh: '计算节点', en: 'Worker nodes' },
  runsOn: true,

  write(model, locale) {
    const findings = findingsAt(model, 'workers');
    const title = model.cluster ? say(locale, '计算节点的问题', 'Worker node issues') : say(locale, '被检主机的问题', 'Issues on the inspected host');
    const table = findingsTable(model, findings, title, 'workers', locale);
    if (!model.cluster)
      return [
        noCluster(model, locale, 'machine'),
        ...(model.hosts.length > 0
          ? [...machine(model, findings.length, locale), table, ...trendCharts(model, ['cpu', 'memory', 'disk', 'inodes', 'network'], locale), ...forecastBlocks(model, locale)]
          : []),
      ];
    return [
      paragraph(conclusion(model, findings, locale), 'lead'),
      table,
      ...nodes(model.cluster, model, locale),
      ...trendCharts(model, ['disk', 'inodes', 'network'], locale),
      ...forecastBlocks(model, locale),
    ];
  },
};

function conclusion(model: ReportModel, all: readonly Finding[], locale: Locale): string {
  const rows = known(model.cluster?.nodes)?.rows.filter((node) => !node.controlPlane);
  const foreign = notOfCluster(model, all);
  const found = `${foundWords(model, 'workers', all.length - foreign.length, locale)}${foreignWords(foreign, locale)}`;
  if (!rows) return say(locale, `没有采集到节点列表；${found}。`, `Node data was not collected; ${found}.`);
  if (rows.length === 0) return say(locale, `没有独立的计算节点；${found}。`, `There are no dedicated worker nodes; ${found}.`);
  const ready = rows.filter((node) => node.ready).length;
  return say(locale, `${rows.length} 个计算节点，${ready} 个就绪；${found}。`, `${plural(rows.length, 'worker node')}, ${ready} ready; ${found}.`);
}

/** Of machines that were inspected with the cluster and are not in its list of nodes, where that list is whole. */
function notOfCluster({ cluster }: ReportModel, findings: readonly Finding[]): readonly Finding[] {
  const nodes = known(cluster?.nodes);
  if (!nodes || nodes.rows.length < nodes.total) return [];
  const names = new Set(nodes.rows.map(({ name }) => name));
  return findings.filter(({ scope }) => {
    const machine = machineOf(scope);
    return machine !== undefined && !names.has(machine);
  });
}
function machineOf({ kind, node, name }: Finding['scope']): string | undefined {
  return kind === 'Node' ? name : node;
}
function foreignWords(findings: readonly Finding[], locale: Locale): string {
  if (findings.length === 0) return '';
  const machines = [...new Set(findings.flatMap(({ scope }) => machineOf(scope) ?? []))].toSorted();
  const names = `${machines.slice(0, 3).join(say(locale, '、', ', '))}${machines.length > 3 ? ' …' : ''}`;
  return say(
    locale,
    `；另有 ${findings.length} 处属于一并巡检、但不在该集群节点列表中的主机（${names}）`,
    `; ${findings.length} more on ${machines.length === 1 ? 'a host' : 'hosts'} inspected with the cluster but not in its list of nodes (${names})`,
  );
}

function nodes(cluster: ClusterFacts, model: ReportModel, locale: Locale): readonly Block[] {
  const title = say(locale, '计算节点', 'Worker nodes');
  if ('missing' in cluster.nodes) return [gap(title, cluster.nodes, locale)];
  const all = cluster.nodes.value;
  const rows = all.rows.filter((node) => !node.controlPlane);
  // The cap of the list cuts workers last of all: what is missing from the rows are workers.
  const total = rows.length + Math.max(0, all.total - all.rows.length);
  return [
    nodesTable(rows, total, title, say(locale, '没有独立的计算节点。', 'There are no dedicated worker nodes.'), locale),
    ...differenceBlocks(model, locale),
    heading(say(locale, '资源分配', 'Allocation')),
    ...MEASURES.map((measure) => ({ type: 'chart', chart: nodeBars(model, all.rows, { name: measure.name[locale], pick: measure.pick }, locale) }) as const).filter(
      ({ chart }, index) => index < ALWAYS_SHOWN || chart.kind !== 'noData',
    ),
  ];
}

/** The first two are always shown, so that their lack is visible; use needs a metrics server and is shown when there. */
const ALWAYS_SHOWN = 2;
const MEASURES: readonly { readonly name: Record<Locale, string>; readonly pick: (node: NodeFacts) => number | undefined }[] = [
  { name: { zh: 'CPU 申请率', en: 'CPU requested' }, pick: (node) => node.cpuRequestPercent },
  { name: { zh: '内存申请率', en: 'Memory requested' }, pick: (node) => node.memoryRequestPercent },
  { name: { zh: 'CPU 使用率（metrics-server）', en: 'CPU used (metrics-server)' }, pick: (node) => node.cpuUsedPercent },
  { name: { zh: '内存使用率（metrics-server）', en: 'Memory used (metrics-server)' }, pick: (node) => node.memoryUsedPercent },
];

function machine(model: ReportModel, problems: number, locale: Locale): readonly Block[] {
  const [host] = model.hosts;
  const name = host?.name ?? model.subject.host;
  if (name === undefined) return [];
  const found = foundWords(model, 'workers', problems, locale);
  const lead = say(locale, `被检主机 ${name}：${found}。`, `The inspected host ${name}: ${found}.`);
  return [paragraph(lead, 'lead')];
}
