/** The overall assessment by fixed rules: the same facts always give the same words. */
import type { Area, Locale, Text } from '../agent/wire/vocabulary.ts';
import { AREA_TITLES } from '../agent/wire/vocabulary.ts';
import type { Tone } from './blocks.ts';
import { DAYS_TO_SOLVE } from './due-dates.ts';
import type { Comparison, Standing } from './facts/period.ts';
import type { FindingGroup } from './findings.ts';
import { countBySeverity, groupByCheck, titleOf } from './findings.ts';
import { formatDate, formatNumber, plural, say, spaced } from './format.ts';
import type { ReportModel } from './model.ts';
import { known } from './model.ts';
import { REASON_WORDS } from './words.ts';

export const GRADES = ['excellent', 'good', 'fair', 'poor', 'not-assessed'] as const;
export type Grade = (typeof GRADES)[number];
export const GRADE_WORDS: Readonly<Record<Grade, Text>> = {
  excellent: { zh: '优', en: 'Excellent' },
  good: { zh: '良', en: 'Good' },
  fair: { zh: '中', en: 'Fair' },
  poor: { zh: '差', en: 'Poor' },
  'not-assessed': { zh: '无法评价', en: 'Not assessed' },
};
export const GRADE_TONES: Readonly<Record<Grade, Tone>> = { excellent: 'ok', good: 'ok', fair: 'warning', poor: 'critical', 'not-assessed': 'unknown' };

/** Limits of the rules. Ours to defend: no contract prescribes them. */
const LIMITS = {
  coverageToAssess: 70,
  coverageForExcellent: 95,
  warningsForExcellent: 3,
  criticalsForPoor: 3,
  redundantMembers: 3,
  reportsOfCritical: 2,
  reportsOfWarning: 3,
} as const;

export interface Assessment {
  readonly grade: Grade;
  readonly groups: readonly FindingGroup[];
  readonly counts: ReturnType<typeof countBySeverity>;
  /** What the control plane lacks, when it has no redundancy. */
  readonly withoutRedundancy: boolean;
  /** Parts that an assessment needs and that were not gathered. */
  readonly missingAreas: readonly Area[];
  /** Incidents of the worst level that were opened in the period. */
  readonly outages: number;
  /** Kinds of problem that earlier reports held too and nobody solved: critical ones twice, warnings three times. */
  readonly stale: number;
}

/** Grades a run. Coverage comes first: what was not looked at cannot be called good. */
export function assess(model: ReportModel): Assessment {
  const groups = groupByCheck(model);
  const counts = countBySeverity(groups);
  const withoutRedundancy = lacksRedundancy(model);
  const missingAreas = missingAreasOf(model);
  const outages = outagesOf(model);
  const stale = staleKindsOf(model, { critical: LIMITS.reportsOfCritical, warning: LIMITS.reportsOfWarning });
  const lasting = staleKindsOf(model, { critical: 2, warning: 2 });
  return { grade: gradeOf(), groups, counts, withoutRedundancy, missingAreas, outages, stale };

  function gradeOf(): Grade {
    if (model.score.total === null || (model.coverage.applicable === 0 && !model.recalled)) return 'not-assessed';
    if (model.coverage.percent < LIMITS.coverageToAssess || missingAreas.length > 0) return 'not-assessed';
    if (counts.critical.kinds >= LIMITS.criticalsForPoor || withoutRedundancy || outages > 0) return 'poor';
    if (counts.critical.kinds > 0) return stale > 0 ? 'poor' : 'fair';
    if (stale > 0) return 'fair';
    const clean = counts.warning.kinds <= LIMITS.warningsForExcellent && model.coverage.percent >= LIMITS.coverageForExcellent && lasting === 0;
    return clean ? 'excellent' : 'good';
  }
}

/** `152 / 168`, or the share alone where the numbers behind it are kept no longer. */
export function coverageInShort({ coverage, recalled }: ReportModel, locale: Locale): string {
  if (recalled) return `${formatNumber(coverage.percent)} %`;
  return say(locale, `${coverage.checked} / ${coverage.applicable}`, `${coverage.checked} of ${coverage.applicable}`);
}

/** One control-plane node or fewer than three etcd members: a single failure stops the platform. */
function lacksRedundancy({ cluster }: ReportModel): boolean {
  if (!cluster) return false;
  const nodes = known(cluster.nodes)?.rows.filter((node) => node.controlPlane).length;
  const members = known(cluster.etcd)?.members;
  return nodes === 1 || (members !== undefined && members > 0 && members < LIMITS.redundantMembers);
}

/** Level 1 is the worst of every policy. Without a begin of the period every one that the model holds counts. */
function outagesOf({ incidents, period }: ReportModel): number {
  return known(incidents)?.rows.filter(({ level, openedAt, state }) => level === 1 && state !== 'cancelled' && openedAt >= (period.from ?? 0)).length ?? 0;
}
function staleKindsOf({ comparison }: ReportModel, least: Readonly<Record<'critical' | 'warning', number>>): number {
  const stale = known(comparison)?.findings.filter(({ finding, standing, reports }) => standing !== 'gone' && finding.severity !== 'info' && reports >= least[finding.severity]);
  return new Set(stale?.map(({ finding }) => finding.check)).size;
}

/** Areas without any answer that an assessment cannot do without: nodes and control plane, or the machine itself. */
function missingAreasOf({ subject, score }: ReportModel): readonly Area[] {
  const needed: readonly Area[] = subject.domains.includes('cluster') ? ['node', 'control-plane'] : ['host'];
  return score.areas.filter(({ area, score: points, unknown }) => needed.includes(area) && points === null && unknown > 0).map(({ area }) => area);
}

/** The state in one sentence. */
export function stateSentence(model: ReportModel, assessment: Assessment, locale: Locale): string {
  const { counts, groups } = assessment;
  const thing = subjectWord(model, locale);
  const top = groups.slice(0, 2).map((group) => titleOf(model, group.check, locale));
  switch (assessment.grade) {
    case 'excellent': {
      const { kinds } = counts.warning;
      return say(
        locale,
        `${thing}运行平稳，已检查的部分未发现影响业务连续性的风险${kinds > 0 ? `；另有 ${kinds} 类风险需规划整改` : ''}，建议保持例行巡检。`,
        `${thing} is stable. The checks that ran found no risk to business continuity${kinds > 0 ? `; ${plural(kinds, 'lesser issue')} should be scheduled for remediation` : ''}. Keep up the regular inspections.`,
      );
    }
    case 'good': {
      const due = formatDate(model.period.asOf + DAYS_TO_SOLVE.warning * 86_400, model.period.zoneMinutes);
      if (counts.warning.kinds > 0) {
        return say(
          locale,
          `${thing}整体运行正常，存在 ${counts.warning.kinds} 类需规划整改的风险，建议于 ${due} 前完成。`,
          `${thing} is healthy overall. ${plural(counts.warning.kinds, 'issue')} should be remediated by ${due}.`,
        );
      }
      return say(
        locale,
        `${thing}整体运行正常，已检查的部分未发现风险；覆盖率不足 ${LIMITS.coverageForExcellent} %，建议补齐未检查项。`,
        `${thing} is healthy overall and the checks that ran found no risk. Coverage is below ${LIMITS.coverageForExcellent} %: close the gaps listed in the appendix.`,
      );
    }
    case 'fair':
      if (counts.critical.kinds === 0) {
        return say(
          locale,
          `${thing}可用，但有 ${assessment.stale} 类风险连续多期没有解决，需确定责任人与完成日期。`,
          `${thing} is operational, but ${plural(assessment.stale, 'issue')} remained open over several reports: assign each an owner and a due date.`,
        );
      }
      return say(
        locale,
        `${thing}可用，但存在 ${counts.critical.kinds} 类严重问题（${top.slice(0, counts.critical.kinds).join('、')}），需优先处理。`,
        `${thing} is operational, but has ${plural(counts.critical.kinds, 'critical issue')} (${quoted(top.slice(0, counts.critical.kinds))}) to resolve first.`,
      );
    case 'poor': {
      if (counts.critical.kinds === 0 && !assessment.withoutRedundancy) {
        return say(
          locale,
          `${thing}在本期发生 ${assessment.outages} 起最高级别事件，需完成原因分析与改进措施。`,
          `${thing} had ${plural(assessment.outages, 'incident')} of the highest level in the period: complete the root cause analysis and the improvement actions.`,
        );
      }
      if (counts.critical.kinds === 0) {
        return say(
          locale,
          `${thing}的控制面没有冗余，单点故障即会中断管理，建议立即安排整改与变更窗口。`,
          `The control plane of ${thing} has no redundancy, so a single failure takes it down. Schedule the change now.`,
        );
      }
      return say(
        locale,
        `${thing}存在影响业务连续性的重大风险：${counts.critical.kinds} 类严重问题，${spaced(`首先是${top.join('、')}`)}${assessment.withoutRedundancy ? '；且控制面没有冗余' : ''}。建议立即启动整改并安排变更窗口。`,
        `${thing} faces major risks to business continuity: ${plural(counts.critical.kinds, 'critical issue')}, above all ${quoted(top)}${assessment.withoutRedundancy ? '; in addition, the control plane has no redundancy' : ''}. Start remediation now and schedule a change window.`,
      );
    }
    case 'not-assessed':
      return say(
        locale,
        `${whyNotAssessed(model, assessment, 'zh')}，本次不作总体评价；已检查部分的结论见各章。`,
        `${whyNotAssessed(model, assessment, 'en')}, so there is no overall assessment; the chapters report what was checked.`,
      );
    default:
      return assessment.grade satisfies never;
  }
}

function quoted(titles: readonly string[]): string {
  return titles.map((title) => `"${title}"`).join(' and ');
}

function whyNotAssessed(model: ReportModel, { missingAreas }: Assessment, locale: Locale): string {
  if (model.coverage.applicable === 0 && !model.recalled) return say(locale, '没有适用的检查项', 'No applicable checks');
  if (missingAreas.length > 0) {
    const areas = missingAreas.map((area) => AREA_TITLES[area][locale]).join(say(locale, '、', ', '));
    return say(locale, spaced(`因${areas}未能检查`), `${areas} could not be checked`);
  }
  const reasons = commonReasons(model, locale);
  const because = reasons === '' ? '' : say(locale, `（主要原因：${reasons}）`, ` (mainly: ${reasons})`);
  return say(
    locale,
    `覆盖率只有 ${formatNumber(model.coverage.percent)} %，低于 ${LIMITS.coverageToAssess} %${because}`,
    `Coverage is only ${formatNumber(model.coverage.percent)} %, below ${LIMITS.coverageToAssess} %${because}`,
  );
}

/** The two commonest reasons why checks gave no answer. */
export function commonReasons(model: ReportModel, locale: Locale): string {
  const counts = new Map<string, number>();
  for (const { reason } of model.coverage.unknown) {
    const words = REASON_WORDS[reason ?? 'failed'][locale];
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([words, count]) => say(locale, `${words} ${count} 项`, `${words}: ${count}`))
    .join(say(locale, '、', ', '));
}

/** What the sentences are about: the platform, or one machine. A name at the end needs a space before a Chinese word. */
export function subjectWord({ subject }: ReportModel, locale: Locale): string {
  if (subject.domains.includes('cluster')) return subject.cluster ? say(locale, `集群 ${subject.cluster} `, `Cluster ${subject.cluster}`) : say(locale, '集群', 'Cluster overview');
  return subject.host ? say(locale, `主机 ${subject.host} `, `Host ${subject.host}`) : say(locale, '主机', 'The host');
}

/** Of a period there may be hundreds of inspections: what lacks is a report of the kind, and an inspection before the period's begin. */
export const NO_EARLIER: Text = {
  zh: '系统中没有更早的同类报告，也没有本期之前的巡检记录，本期结果作为基线。',
  en: 'No earlier report of this kind and no inspection from before this period is on record; this one is the baseline.',
};
/** The same, with the day that the records of the period begin on. */
function noEarlier({ runs, period }: ReportModel, locale: Locale): string {
  const first = known(runs)?.[0]?.at;
  if (first === undefined) return NO_EARLIER[locale];
  const day = formatDate(Math.max(first, period.from ?? first), period.zoneMinutes);
  return say(
    locale,
    `系统中没有更早的同类报告，巡检记录自 ${day} 起，本期结果作为基线。`,
    `No earlier report of this kind is on record, and inspection records start on ${day}; this one is the baseline.`,
  );
}
const NO_EARLIER_INSPECTION: Text = { zh: '没有可比的上次巡检，本次结果作为基线。', en: 'There is no earlier inspection to compare with; this one is the baseline.' };
/** What changed since the last inspection, in one sentence. */
export function changesSentence(model: ReportModel, locale: Locale): string {
  const compared = known(model.comparison);
  if (compared) return comparedSentence(compared, model.period.zoneMinutes, locale);
  const changes = known(model.changes);
  if (!changes) return model.period.from === undefined ? NO_EARLIER_INSPECTION[locale] : noEarlier(model, locale);
  const since = formatDate(changes.previousAsOf, model.period.zoneMinutes);
  return say(
    locale,
    `较上次（${since}）新增 ${changes.added.length} 项、解决 ${changes.solved.length} 项、遗留 ${changes.open} 项。`,
    `Since ${since}: ${changes.added.length} new, ${changes.solved.length} resolved, ${changes.open} still open.`,
  );
}

function comparedSentence({ previousAsOf, findings }: Comparison, zoneMinutes: number, locale: Locale): string {
  const count = (...standings: readonly Standing[]): number => findings.filter(({ standing }) => standings.includes(standing)).length;
  const since = formatDate(previousAsOf, zoneMinutes);
  return say(
    locale,
    `较上次（${since}）新增 ${count('new')} 项、加重 ${count('worse')} 项、遗留 ${count('open', 'better')} 项（其中减轻 ${count('better')} 项）、消除 ${count('gone')} 项。`,
    `Since ${since}: ${count('new')} new, ${count('worse')} worse, ${count('open', 'better')} still open (${count('better')} of them improved), ${count('gone')} resolved.`,
  );
}
