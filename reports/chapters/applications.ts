import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell } from '../blocks.ts';
import { figures, heading, paragraph, words } from '../blocks.ts';
import { findingsAt, findingsTable, foundWords } from '../findings.ts';
import { formatNumber, NO_VALUE, plural, say } from '../format.ts';
import { instancesList } from '../lists/middleware.ts';
import { namespacesList } from '../lists/namespaces.ts';
import { backupsList } from '../lists/records.ts';
import type { ClusterFacts, ReportModel, WorkloadKindFacts } from '../model.ts';
import { known } from '../model.ts';
import { backupNotes } from '../sections/backup-actions.ts';
import { optionalTable } from '../sections/optional.ts';
import { SEVERITY_MARKS } from '../words.ts';
import type { Chapter } from './chapter.ts';
import { noCluster } from './control-plane.ts';
import { gap, numberCell } from './facts.ts';

/** What runs on the platform: workloads, pods, storage, entrances. */
export const applications: Chapter = {
  id: 'applications',
  title: { zh: '应用状态', en: 'Applications' },
  runsOn: true,

  write(model, locale) {
    if (!model.cluster) return [noCluster(model, locale)];
    const findings = findingsAt(model, 'applications');
    return [
      paragraph(conclusion(model, findings.length, locale), 'lead'),
      findingsTable(model, findings, say(locale, '应用、存储与入口的问题', 'Issues with workloads, storage and ingress'), 'applications', locale),
      workloads(model.cluster, locale),
      heading(say(locale, 'Pod 与存储', 'Pods and storage'), 3),
      pods(model.cluster, locale),
      storage(model.cluster, locale),
      ...optionalTable(namespacesList, model, locale),
      ...optionalTable(instancesList, model, locale),
      ...optionalTable(backupsList, model, locale),
      ...backupNotes(model, locale),
    ];
  },
};

function conclusion(model: ReportModel, problems: number, locale: Locale): string {
  const kinds = known(model.cluster?.workloads)?.rows;
  const found = foundWords(model, 'applications', problems, locale);
  if (!kinds) return say(locale, `没有采集到工作负载列表；${found}。`, `Workload data was not collected; ${found}.`);
  const total = kinds.reduce((sum, kind) => sum + kind.total, 0);
  return say(locale, `共 ${formatNumber(total)} 个工作负载；${found}。`, `${plural(total, 'workload')}; ${found}.`);
}

function workloads({ workloads: fact }: ClusterFacts, locale: Locale): Block {
  const title = say(locale, '工作负载（按类型）', 'Workloads by kind');
  if ('missing' in fact) return gap(title, fact, locale);
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '类型', 'Kind'), 'text', 4),
      figures(say(locale, '数量', 'Number'), 2),
      { ...figures(say(locale, '副本齐全', 'All replicas available'), 2), optional: true },
      { ...figures(say(locale, '副本不足', 'Replicas missing'), 2), optional: true },
    ],
    rows: fact.value.rows.map((kind) => [{ text: kind.kind }, numberCell(kind.total), numberCell(kind.healthy), shortOf(kind)]),
    total: fact.value.total,
    empty: say(locale, '没有工作负载。', 'There are no workloads.'),
  };
}
function shortOf({ total, healthy }: WorkloadKindFacts): Cell {
  if (healthy === undefined) return { text: NO_VALUE };
  const missing = total - healthy;
  return missing > 0 ? { text: `${SEVERITY_MARKS.warning.shape} ${formatNumber(missing)}`, value: missing, tone: 'warning' } : { text: formatNumber(missing), value: missing };
}

function pods({ pods: fact }: ClusterFacts, locale: Locale): Block {
  if ('missing' in fact) return gap('Pod', fact, locale);
  const { total, running, pending, succeeded, failed, restarts } = fact.value;
  return {
    type: 'keyFigures',
    figures: [
      { label: say(locale, 'Pod 总数', 'Pods'), value: formatNumber(total) },
      ...figure('Running', running),
      ...figure('Pending', pending, 'warning'),
      ...figure('Succeeded', succeeded),
      ...figure('Failed', failed, 'critical'),
      ...figure(say(locale, '容器重启（次）', 'Restarts'), restarts),
    ],
  };
}
function figure(label: string, value: number | undefined, tone?: 'warning' | 'critical'): readonly { label: string; value: string; tone?: 'warning' | 'critical' | undefined }[] {
  if (value === undefined) return [];
  return tone !== undefined && value > 0 ? [{ label: `${SEVERITY_MARKS[tone].shape} ${label}`, value: formatNumber(value), tone }] : [{ label, value: formatNumber(value) }];
}

function storage({ storage: fact }: ClusterFacts, locale: Locale): Block {
  const title = say(locale, '存储', 'Storage');
  if ('missing' in fact) return gap(title, fact, locale);
  const { claims, claimsPending, claimsLost, volumes } = fact.value;
  return {
    type: 'keyFigures',
    figures: [
      ...figure(say(locale, '存储卷申领（PVC）', 'Claims (PVC)'), claims),
      ...figure('Pending', claimsPending, 'warning'),
      ...figure('Lost', claimsLost, 'critical'),
      ...figure(say(locale, '存储卷（PV）', 'Volumes (PV)'), volumes),
    ],
  };
}
