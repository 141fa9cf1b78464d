import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { findingsAt, findingsTable } from '../findings.ts';
import { formatBytes, formatNumber, NO_VALUE, plural, say } from '../format.ts';
import type { ClusterFacts, ComponentFacts, ReportModel, Rows } from '../model.ts';
import { valueOf } from '../model.ts';
import { OK_MARK, SEVERITY_MARKS, UNKNOWN_MARK } from '../words.ts';
import type { Chapter } from './chapter.ts';
import { factTable, gap, nodesTable, numberCell } from './facts.ts';

/** Control-plane nodes, the components on them, and etcd. */
export const controlPlane: Chapter = {
  id: 'control-plane',
  title: { zh: '管理节点', en: 'Control-plane nodes' },

  write(model, locale) {
    if (!model.cluster) return [noCluster(model, locale)];
    const findings = findingsAt(model, 'control-plane');
    return [
      paragraph(conclusion(model, findings.length, locale), 'lead'),
      findingsTable(model, findings, say(locale, '管理节点与控制面的问题', 'Problems of the control plane'), say(locale, '已检查的部分没有发现问题。', 'None found in what was checked.'), locale),
      nodes(model.cluster, locale),
      components(model.cluster, locale),
      etcd(model.cluster, locale),
    ];
  },
};

/** What a chapter about the cluster says when only a machine was inspected. */
export function noCluster({ subject }: ReportModel, locale: Locale, rest: 'nothing' | 'machine' = 'nothing'): Block {
  const title = say(locale, '本次没有巡检集群', 'No cluster was inspected');
  if (subject.host !== undefined && rest === 'machine') {
    return callout('unknown', title, say(locale, `本章只反映被检主机 ${subject.host}，不代表任何集群的计算节点。`, `This chapter is about the inspected host ${subject.host} alone; it says nothing about the worker nodes of a cluster.`));
  }
  if (subject.host === undefined) return callout('unknown', title, say(locale, '本章没有数据。这不表示集群正常。', 'This chapter has no data. That does not mean that a cluster is healthy.'));
  return callout('unknown', title, say(locale, `只检查了主机 ${subject.host}，因此本章没有数据。这不表示集群正常。`, `Only the host ${subject.host} was inspected, so this chapter has no data. That does not mean that a cluster is healthy.`));
}

function conclusion(model: ReportModel, problems: number, locale: Locale): string {
  const rows = valueOf(model.cluster?.nodes)?.rows.filter((node) => node.controlPlane);
  const found = problems === 0 ? say(locale, '已检查的部分没有发现问题', 'no problem was found in what was checked') : say(locale, `发现 ${problems} 项问题`, `${plural(problems, 'problem')} found`);
  if (!rows) return say(locale, `没有采集到节点列表；${found}。`, `The nodes were not gathered; ${found}.`);
  if (rows.length === 0) return say(locale, `没有可见的管理节点（托管控制面由云厂商负责）；${found}。`, `No control-plane node is visible (a managed one is the provider's); ${found}.`);
  const ready = rows.filter((node) => node.ready).length;
  return say(locale, `${rows.length} 个管理节点，${ready} 个就绪；${found}。`, `${plural(rows.length, 'control-plane node')}, ${ready} ready; ${found}.`);
}

function nodes({ nodes: fact }: ClusterFacts, locale: Locale): Block {
  if ('missing' in fact) return gap(say(locale, '管理节点', 'Control-plane nodes'), fact, locale);
  const rows = fact.value.rows.filter((node) => node.controlPlane);
  return nodesTable(rows, rows.length, say(locale, '管理节点', 'Control-plane nodes'), say(locale, '没有可见的管理节点。', 'No control-plane node is visible.'), locale);
}

function components({ controlPlane: fact }: ClusterFacts, locale: Locale): Block {
  const title = say(locale, '控制面组件', 'Components of the control plane');
  if ('missing' in fact) return gap(title, fact, locale);
  return componentsTable(fact.value, title, locale);
}
function componentsTable({ rows, total }: Rows<ComponentFacts>, title: string, locale: Locale): Block {
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '组件', 'Component'), 'name', 4),
      words(say(locale, '状态', 'State'), 'status', 2),
      words(say(locale, '版本', 'Version'), 'text', 2),
      figures(say(locale, '就绪 / 实例', 'Ready / instances'), 2),
      figures(say(locale, '重启（次）', 'Restarts'), 2),
    ],
    rows: rows.map((component) => [
      { text: component.name },
      stateOf(component, locale),
      { text: component.version ?? NO_VALUE },
      { text: component.instances === undefined ? NO_VALUE : `${component.ready ?? NO_VALUE} / ${component.instances}` },
      numberCell(component.restarts),
    ]),
    total,
    empty: say(locale, '没有可见的控制面组件。', 'No component is visible.'),
  };
}
function stateOf({ instances, ready }: ComponentFacts, locale: Locale): Cell {
  if (instances === undefined || ready === undefined) return { text: `${UNKNOWN_MARK.shape} ${UNKNOWN_MARK.word[locale]}`, tone: 'unknown' };
  if (ready === instances && instances > 0) return { text: `${OK_MARK.shape} ${OK_MARK.word[locale]}`, tone: 'ok' };
  const { shape } = SEVERITY_MARKS[ready === 0 ? 'critical' : 'warning'];
  return { text: `${shape} ${say(locale, '部分未就绪', 'not all ready')}`, tone: ready === 0 ? 'critical' : 'warning' };
}

function etcd({ etcd: fact }: ClusterFacts, locale: Locale): Block {
  if ('missing' in fact) return gap('etcd', fact, locale);
  const { members, version, databaseBytes, quotaBytes } = fact.value;
  const share = databaseBytes !== undefined && quotaBytes ? say(locale, `（配额的 ${formatNumber(Math.round((databaseBytes / quotaBytes) * 100))} %）`, ` (${formatNumber(Math.round((databaseBytes / quotaBytes) * 100))} % of the quota)`) : '';
  return factTable(
    'etcd',
    [
      [say(locale, '成员', 'Members'), members === undefined ? undefined : formatNumber(members)],
      [say(locale, '版本', 'Version'), version],
      [say(locale, '数据库大小', 'Size of the database'), databaseBytes === undefined ? undefined : `${formatBytes(databaseBytes)}${share}`],
      [say(locale, '配额', 'Quota'), quotaBytes === undefined ? undefined : formatBytes(quotaBytes)],
    ],
    locale,
  );
}
