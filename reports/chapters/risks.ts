/** Chapters about risks: how many of which kind, the list, each with its remedy, what becomes of them. */

import type { Locale } from '../../agent/wire/vocabulary.ts';
import { assess, changesSentence } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout, heading, paragraph } from '../blocks.ts';
import { sourceLine } from '../charts/figures.ts';
import type { ChartSpec } from '../charts/spec.ts';
import { dueWords, planOf, planTooLate, tooLateWords } from '../due-dates.ts';
import { findingBlock, groupByCheck, noProblems, nothingFound } from '../findings.ts';
import { formatDate, plural, say } from '../format.ts';
import { comparisonList } from '../lists/comparison.ts';
import { listTable } from '../lists/list.ts';
import { firstSeenOf, RISK_KIND_WORDS, RISK_KINDS, riskKindOf, risksList } from '../lists/risks.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { optionalTable } from '../sections/optional.ts';
import { gravePatches } from '../sections/patches.ts';
import { proposalBlocks } from '../sections/remediation-plan.ts';
import { severityOverTime, standingFigures } from '../sections/trends.ts';
import { planState } from '../service-words.ts';
import { SEVERITY_MARKS } from '../words.ts';
import type { Chapter } from './chapter.ts';

const SEVERITIES = ['critical', 'warning', 'info'] as const;

function riskSentence(model: ReportModel, locale: Locale): string {
  const { counts } = assess(model);
  const total = counts.critical.kinds + counts.warning.kinds + counts.info.kinds;
  if (total === 0) return say(locale, `${nothingFound(model, 'overall', 'zh')}。`, `Result: ${nothingFound(model, 'overall', 'en')}.`);
  return say(
    locale,
    `共识别 ${total} 类风险：严重 ${counts.critical.kinds} 类、风险 ${counts.warning.kinds} 类、关注 ${counts.info.kinds} 类。`,
    `${plural(total, 'risk')}: ${counts.critical.kinds} critical, ${counts.warning.kinds} warning, ${counts.info.kinds} notice.`,
  );
}
function risksByKind(model: ReportModel, locale: Locale): ChartSpec {
  const groups = groupByCheck(model);
  const rows = RISK_KINDS.map((kind) => ({
    name: RISK_KIND_WORDS[kind][locale],
    values: SEVERITIES.map((severity) => groups.filter((group) => riskKindOf(group) === kind && group.severity === severity).length),
  }));
  const source = sourceLine(model, locale);
  if (groups.length === 0)
    return {
      kind: 'noData',
      title: say(locale, '风险类型', 'Kinds of risk'),
      reason: say(locale, `没有数据：${nothingFound(model, 'overall', 'zh')}。`, `No data: ${nothingFound(model, 'overall', 'en')}.`),
      source,
    };
  const most = rows.toSorted((a, b) => sum(b.values) - sum(a.values))[0];
  return {
    kind: 'stackedBar',
    title: say(
      locale,
      `${groups.length} 类风险中${most?.name ?? ''}类最多（${sum(most?.values ?? [])} 类）`,
      `Of ${plural(groups.length, 'risk')}, most concern ${(most?.name ?? '').toLowerCase()} (${sum(most?.values ?? [])})`,
    ),
    source,
    series: SEVERITIES.map((severity) => ({ name: SEVERITY_MARKS[severity].word[locale], shape: SEVERITY_MARKS[severity].shape, tone: severity })),
    rows,
  };
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const riskOverview: Chapter = {
  id: 'risk-overview',
  title: { zh: '风险概况', en: 'Risk overview' },
  runsOn: true,
  write: (model, locale) => [
    paragraph(riskSentence(model, locale), 'lead'),
    { type: 'chart', chart: risksByKind(model, locale) },
    paragraph(changesSentence(model, locale)),
    ...standingFigures(model, locale),
    ...severityOverTime(model, locale),
  ],
};
/** Both sides write into the list of risks: it is printed whole, as far as anybody fills it in by hand. */
export const MOST_RISKS = 120;
export const riskRegister: Chapter = {
  id: 'risk-register',
  title: { zh: '风险清单', en: 'Risks' },
  runsOn: true,
  write: (model, locale) => [listTable(risksList, model, locale, MOST_RISKS), ...proposalBlocks(model, groupByCheck(model), locale), ...gravePatches(model, locale)],
};
/** Each risk with evidence, remedy, plan and way back. */
export const riskDetails: Chapter = {
  id: 'risk-details',
  title: { zh: '风险详情与修复方案', en: 'Risk details and remedies' },
  write(model, locale) {
    const groups = groupByCheck(model);
    if (groups.length === 0) return [noProblems(model, locale)];
    return SEVERITIES.flatMap((severity): readonly Block[] => {
      const members = groups.filter((group) => group.severity === severity);
      if (members.length === 0) return [];
      return [
        heading(`${SEVERITY_MARKS[severity].shape} ${SEVERITY_MARKS[severity].word[locale]}`),
        ...members.map((group) => {
          const plan = planOf(model, group.check);
          const late = planTooLate(model, group);
          const seen = firstSeenOf(model, group.check);
          const day = (at: number): string => formatDate(at, model.period.zoneMinutes);
          const note = [
            `${say(locale, '类型', 'Kind')}: ${RISK_KIND_WORDS[riskKindOf(group)][locale]}`,
            seen === undefined ? undefined : `${say(locale, '首次发现', 'First seen')}: ${day(seen)}`,
            `${say(locale, '建议完成', 'Proposed')}: ${dueWords(model, group, locale)}`,
            plan &&
              `${say(locale, '计划完成', 'Planned')}: ${plan.dueAt === undefined ? '' : `${day(plan.dueAt)} `}${say(locale, `（${planState(plan.state, 'zh')}）`, `(${planState(plan.state, 'en')})`)}`.replace(
                ' （',
                '（',
              ),
            late && tooLateWords(model, late, locale),
            plan?.owner === undefined ? undefined : `${say(locale, '责任人', 'Owner')}: ${plan.owner}`,
            plan?.rollback === undefined ? undefined : `${say(locale, '回退', 'Rollback')}: ${plan.rollback}`,
          ].filter((part) => part !== undefined);
          return findingBlock(model, group, locale, { note: note.join(' · ').replaceAll(': ', say(locale, '：', ': ')) });
        }),
      ];
    });
  },
};

/** A critical risk that is older than this is escalated (practice: P1 open for more than 7 days). */
const DAYS_TO_ESCALATE = 7;
const DAY = 86_400;
/**
 * Critical risks that have been so for longer. First seen is not yet critical: a risk that was found months ago may have become
 * critical yesterday, and an inspection since then without anything critical proves that.
 */
function escalated(model: ReportModel): { readonly count: number; readonly since: number | undefined; readonly grown: number } {
  const cutoff = model.period.asOf - DAYS_TO_ESCALATE * DAY;
  const old = groupByCheck(model).filter(({ check, severity }) => severity === 'critical' && (firstSeenOf(model, check) ?? Number.POSITIVE_INFINITY) < cutoff).length;
  const recent = known(model.runs)?.filter(({ at }) => at >= cutoff && at < model.period.asOf) ?? [];
  const count = Math.min(old, ...recent.map(({ findings }) => findings.critical));
  const since = known(model.runs)?.findLast(({ findings, at }) => findings.critical === 0 && at < model.period.asOf)?.at;
  return { count, since, grown: old - count };
}
export const riskConclusion: Chapter = {
  id: 'risk-conclusion',
  title: { zh: '跟踪与升级', en: 'Follow-up' },
  runsOn: true,
  write(model, locale) {
    const { count, since, grown } = escalated(model);
    const day = since === undefined ? '' : formatDate(since, model.period.zoneMinutes);
    const free = since === undefined ? '' : say(locale, `最近一次没有严重问题的巡检是 ${day}。`, ` The last inspection without a critical problem was on ${day}.`);
    const earlier =
      grown === 0
        ? ''
        : say(
            locale,
            `${grown} 类现为严重的风险更早就已发现，当时未达到严重级别。`,
            ` ${plural(grown, 'risk')} that ${grown === 1 ? 'is' : 'are'} critical now ${grown === 1 ? 'was' : 'were'} found earlier, at a lower severity.`,
          );
    return [
      ...optionalTable(comparisonList, model, locale),
      count > 0
        ? callout(
            'critical',
            say(locale, '需要升级', 'Escalation required'),
            `${say(
              locale,
              `${count} 类严重风险超过 ${DAYS_TO_ESCALATE} 天未消除，需升级到双方负责人。`,
              `${plural(count, 'critical risk')} stayed for more than ${DAYS_TO_ESCALATE} days: escalate to the managers of both sides.`,
            )}${earlier}`,
          )
        : paragraph(
            model.firstSeen === undefined && (model.comparison === undefined || 'missing' in model.comparison)
              ? say(locale, '没有历史数据，不能判断风险存在的时间。', 'Without historical data the age of risks cannot be determined.')
              : `${say(locale, `没有超过 ${DAYS_TO_ESCALATE} 天未消除的严重风险。`, `No critical risk has stayed for more than ${DAYS_TO_ESCALATE} days.`)}${groupByCheck(model).some(({ severity }) => severity === 'critical') ? `${free}${earlier}` : ''}`,
          ),
    ];
  },
};
