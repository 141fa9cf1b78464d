import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, paragraph } from '../blocks.ts';
import { findingsAt, findingsTable, foundWords } from '../findings.ts';
import { formatBytes, formatNumber, formatTime, plural, say } from '../format.ts';
import type { ClusterFacts, ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { trendCharts } from '../sections/trends.ts';
import type { Chapter } from './chapter.ts';
import { componentsTable, factTable, gap, nodesTable } from './facts.ts';

/** Control-plane nodes, the components on them, and etcd. */
export const controlPlane: Chapter = {
  id: 'control-plane',
  title: { zh: '管理节点', en: 'Control-plane nodes' },
  runsOn: true,

  write(model, locale) {
    if (!model.cluster) return [noCluster(model, locale)];
    const findings = findingsAt(model, 'control-plane');
    return [
      paragraph(conclusion(model, findings.length, locale), 'lead'),
      findingsTable(model, findings, say(locale, '管理节点与控制面的问题', 'Control-plane issues'), 'control-plane', locale),
      nodes(model.cluster, locale),
      components(model.cluster, locale),
      etcd(model.cluster, model.period.zoneMinutes, locale),
      ...trendCharts(model, ['api-latency', 'etcd-fsync', 'etcd-database'], locale),
    ];
  },
};

/** What a chapter about the cluster says when only a machine was inspected. */
export function noCluster({ subject }: ReportModel, locale: Locale, rest: 'nothing' | 'machine' = 'nothing'): Block {
  const title = say(locale, '本次没有巡检集群', 'No cluster was inspected');
  if (subject.host !== undefined && rest === 'machine') {
    return callout(
      'unknown',
      title,
      say(
        locale,
        `本章只反映被检主机 ${subject.host}，不代表任何集群的计算节点。`,
        `This chapter covers only the inspected host ${subject.host}, not the worker nodes of a cluster.`,
      ),
    );
  }
  if (subject.host === undefined)
    return callout('unknown', title, say(locale, '本章没有数据，不代表集群正常。', 'This chapter has no data, which does not mean the cluster is healthy.'));
  return callout(
    'unknown',
    title,
    say(
      locale,
      `只检查了主机 ${subject.host}，因此本章没有数据，不代表集群正常。`,
      `Only the host ${subject.host} was inspected, so this chapter has no data, which does not mean the cluster is healthy.`,
    ),
  );
}

function conclusion(model: ReportModel, problems: number, locale: Locale): string {
  const rows = known(model.cluster?.nodes)?.rows.filter((node) => node.controlPlane);
  const found = foundWords(model, 'control-plane', problems, locale);
  if (!rows) return say(locale, `没有采集到节点列表；${found}。`, `Node data was not collected; ${found}.`);
  if (rows.length === 0)
    return say(locale, `没有可见的管理节点（托管控制面由云厂商负责）；${found}。`, `No control-plane node is visible (in managed clusters it belongs to the provider); ${found}.`);
  const ready = rows.filter((node) => node.ready).length;
  return say(locale, `${rows.length} 个管理节点，${ready} 个就绪；${found}。`, `${plural(rows.length, 'control-plane node')}, ${ready} ready; ${found}.`);
}

function nodes({ nodes: fact }: ClusterFacts, locale: Locale): Block {
  if ('missing' in fact) return gap(say(locale, '管理节点', 'Control-plane nodes'), fact, locale);
  const rows = fact.value.rows.filter((node) => node.controlPlane);
  return nodesTable(rows, rows.length, say(locale, '管理节点', 'Control-plane nodes'), say(locale, '没有可见的管理节点。', 'No control-plane node is visible.'), locale);
}

function components({ controlPlane: fact }: ClusterFacts, locale: Locale): Block {
  const title = say(locale, '控制面组件', 'Control-plane components');
  if ('missing' in fact) return gap(title, fact, locale);
  return componentsTable(fact.value, title, say(locale, '没有可见的控制面组件。', 'No component is visible.'), locale);
}
function etcd({ etcd: fact }: ClusterFacts, zoneMinutes: number, locale: Locale): Block {
  if ('missing' in fact) return gap('etcd', fact, locale);
  const { members, version, databaseBytes, quotaPercent, newestBackupAt } = fact.value;
  return factTable(
    'etcd',
    [
      [say(locale, '成员', 'Members'), members === undefined ? undefined : formatNumber(members)],
      [say(locale, '版本', 'Version'), version],
      [say(locale, '数据库大小', 'Database size'), databaseBytes === undefined ? undefined : formatBytes(databaseBytes)],
      [say(locale, '占配额', 'Share of quota'), quotaPercent === undefined ? undefined : `${formatNumber(Math.round(quotaPercent))} %`],
      [say(locale, '最新备份', 'Newest backup'), newestBackupAt === undefined ? undefined : formatTime(newestBackupAt, zoneMinutes)],
    ],
    locale,
  );
}
