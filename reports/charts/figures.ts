/** The charts that chapters show, worded from the model. */

import type { AreaScore } from '../../agent/wire/inspection.ts';
import type { Area, Locale, Severity } from '../../agent/wire/vocabulary.ts';
import { AREA_TITLES, SEVERITIES } from '../../agent/wire/vocabulary.ts';
import type { Tone } from '../blocks.ts';
import { checksWithMore, nothingFound } from '../findings.ts';
import { countWords, formatDate, formatNumber, formatTime, formatZone, plural, say, spaced } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { SEVERITY_MARKS } from '../words.ts';
import type { ChartSpec } from './spec.ts';

/** Below these, an area's score is a risk or critical. 80 and 60 are the genre's usual steps. */
const SCORE_LIMITS = { warning: 80, critical: 60 } as const;

const DAY = 86_400;

/** @param from begin of what a picture of a time shows; left out: a picture of one moment, whatever the report's period */
export function sourceLine(model: ReportModel, locale: Locale, from?: number): string {
  const { asOf, zoneMinutes } = model.period;
  const until = `${formatTime(asOf, zoneMinutes)} (${formatZone(zoneMinutes)})`;
  if (from !== undefined)
    return say(locale, `来源：xunjian 巡检，${formatDate(from, zoneMinutes)} 至 ${until}`, `Source: xunjian inspections, ${formatDate(from, zoneMinutes)} to ${until}`);
  if (model.period.from !== undefined) return say(locale, `来源：xunjian 最近一次巡检，截至 ${until}`, `Source: the newest xunjian inspection, as of ${until}`);
  return say(locale, `来源：xunjian 单次巡检，${until}`, `Source: one xunjian inspection, ${until}`);
}

/** Points by area, worst first. */
export function scoreByArea(model: ReportModel, locale: Locale): ChartSpec {
  const source = sourceLine(model, locale);
  const areas = model.score.areas.filter(({ score, unknown }) => score !== null || unknown > 0).toSorted((a, b) => (a.score ?? 101) - (b.score ?? 101));
  const scored = areas.filter((area) => area.score !== null);
  if (scored.length === 0) {
    return {
      kind: 'noData',
      title: say(locale, '各领域得分', 'Score by area'),
      reason: say(locale, '没有数据：本次没有任何领域得到检查结果。', 'No data: no area was checked in this run.'),
      source,
    };
  }
  const worstIn = worstByArea(model);
  const troubled = scored.filter(({ area }) => worstIn.get(area) === 'critical').length;
  const worst = scored[0];
  const worstWords = worst
    ? say(
        locale,
        `最低为${AREA_TITLES[worst.area].zh}，${formatNumber(worst.score ?? 0)} 分${worst.unknown > 0 ? `（${worst.unknown} 项未检查）` : ''}`,
        `the lowest is ${AREA_TITLES[worst.area].en} at ${formatNumber(worst.score ?? 0)}${worst.unknown > 0 ? ` (${plural(worst.unknown, 'check')} without an answer)` : ''}`,
      )
    : '';
  const title =
    troubled === 0
      ? say(locale, spaced(`${scored.length} 个领域均无严重问题，${worstWords}`), `No critical problem in ${plural(scored.length, 'area')}; ${worstWords}`)
      : say(
          locale,
          spaced(`${scored.length} 个领域中 ${troubled} 个有严重问题，${worstWords}`),
          `${troubled} of ${plural(scored.length, 'area')} with critical problems; ${worstWords}`,
        );
  const isPartly = scored.some(({ unknown }) => unknown > 0);
  return {
    kind: 'bar',
    title,
    source: source + (isPartly ? say(locale, '；虚线框为未检查的部分', '. Dashed outline: not checked') : ''),
    max: 100,
    rows: areas.map((row) => {
      const { area, score, unknown } = row;
      const severity = worstIn.get(area);
      return {
        name: AREA_TITLES[area][locale],
        value: score,
        label: score === null ? say(locale, `? 未检查（${unknown} 项）`, `? not checked (${unknown})`) : scoreLabel(score, severity) + uncheckedWords(unknown, locale),
        tone: score === null ? 'unknown' : severity === 'critical' || severity === 'warning' ? severity : 'neutral',
        unknown: uncheckedShare(row),
      };
    }),
  };
}
/** An area's colour is its worst open problem, not its points: the total is the product of the areas, so a low total needs no low area. */
function worstByArea({ findings }: ReportModel): ReadonlyMap<Area, Severity> {
  const worst = new Map<Area, Severity>();
  for (const severity of SEVERITIES) for (const finding of findings) if (finding.severity === severity && !worst.has(finding.area)) worst.set(finding.area, severity);
  return worst;
}
export function limitWords(value: number, unit: string, locale: Locale): string {
  return say(locale, `阈值 ${value}${unit}`, `limit ${value}${unit}`);
}
/** What was not looked at earns no points, beside what problems cost: it is told of every area, with problems or without. */
function uncheckedWords(unknown: number, locale: Locale): string {
  return unknown > 0 ? say(locale, `  ? ${unknown} 项未检查`, `  ? ${unknown} not checked`) : '';
}
/** Points that no check could earn; an area without any answer is unknown as a whole. A score never exceeds coverage, so both have room in a hundred. */
function uncheckedShare({ score, passed, failed, unknown }: AreaScore): number {
  if (score === null) return 100;
  return unknown === 0 ? 0 : Math.min(100 - score, (100 * unknown) / (passed + failed + unknown));
}
/** A colour never stands alone: an area with a problem to act on carries the shape of its severity. */
function scoreLabel(score: number, severity: Severity | undefined): string {
  return severity === 'critical' || severity === 'warning' ? `${SEVERITY_MARKS[severity].shape} ${formatNumber(score)}` : formatNumber(score);
}
/** The colour of a score: status begins where somebody must look. One that only coverage holds back says nothing bad: it is unknown. @param uncapped what it were with full coverage */
export function toneOfScore(score: number | null, uncapped: number | null = score): Tone {
  if (score === null) return 'unknown';
  if (uncapped !== null && uncapped > score) {
    const found = toneOfScore(uncapped);
    return found === 'ok' && toneOfScore(score) !== 'ok' ? 'unknown' : found;
  }
  if (score < SCORE_LIMITS.critical) return 'critical';
  return score < SCORE_LIMITS.warning ? 'warning' : 'ok';
}

/** Findings by area and severity, the most troubled first. */
export function findingsByArea(model: ReportModel, locale: Locale): ChartSpec {
  const source = sourceLine(model, locale);
  const counts = new Map<Area, Record<Severity, number>>();
  for (const { area, severity } of model.findings) {
    const row = counts.get(area) ?? { critical: 0, warning: 0, info: 0 };
    row[severity] += 1;
    counts.set(area, row);
  }
  if (counts.size === 0)
    return {
      kind: 'noData',
      title: say(locale, '各领域的问题', 'Problems by area'),
      reason: say(locale, `没有数据：${nothingFound(model, 'overall', 'zh')}。`, `No data: ${nothingFound(model, 'overall', 'en')}.`),
      source,
    };
  const rows = [...counts].toSorted(([, a], [, b]) => b.critical - a.critical || b.warning - a.warning || b.info - a.info);
  const most = rows.toSorted(([, a], [, b]) => totalOf(b) - totalOf(a))[0];
  const more = checksWithMore(model).size > 0;
  const total = countWords(model.findings.length, more, locale);
  const title = most
    ? say(
        locale,
        spaced(`${total} 处问题分布在 ${rows.length} 个领域，${AREA_TITLES[most[0]].zh}最多（${totalOf(most[1])} 处）`),
        `Problems in ${total} ${model.findings.length === 1 ? 'place' : 'places'} of ${plural(rows.length, 'area')}; most in ${AREA_TITLES[most[0]].en} (${totalOf(most[1])})`,
      )
    : '';
  return {
    kind: 'stackedBar',
    title,
    source,
    series: SEVERITIES.map((severity) => ({ name: SEVERITY_MARKS[severity].word[locale], shape: SEVERITY_MARKS[severity].shape, tone: severity })),
    rows: rows.map(([area, row]) => ({ name: AREA_TITLES[area][locale], values: SEVERITIES.map((severity) => row[severity]) })),
  };
}
function totalOf(row: Record<Severity, number>): number {
  return row.critical + row.warning + row.info;
}

/** The score over time, when there is a time. */
export function scoreOverTime(model: ReportModel, locale: Locale): ChartSpec | undefined {
  // What the store keeps of a day is the lowest score of all that were inspected, the report's own day included: the score of the whole is of another kind and not its next point.
  const isLowest = model.runs !== undefined;
  const points = isLowest ? withinPeriod(model) : [...model.history, { at: model.period.asOf, score: model.score.total }];
  const known = points.filter(({ score }) => score !== null);
  if (known.length < 2) return undefined;
  const first = known[0]?.score ?? 0;
  const last = known.at(-1)?.score ?? 0;
  const direction = last > first ? say(locale, '升至', 'rose to') : last < first ? say(locale, '降至', 'fell to') : say(locale, '保持', 'stayed at');
  const [zh, en] = isLowest ? ['单项巡检的最低健康分', 'The lowest health score of a single inspection'] : ['健康分', 'The health score'];
  const source = sourceLine(model, locale, points[0]?.at);
  return {
    kind: 'line',
    title: say(locale, `${zh}从 ${formatNumber(first)} ${direction} ${formatNumber(last)}`, `${en} ${direction} ${formatNumber(last)} from ${formatNumber(first)}`),
    source: isLowest ? `${source}${say(locale, LOWEST_WORDS.zh, LOWEST_WORDS.en)}` : source,
    max: 100,
    labels: points.map(({ at }) => formatDate(at, model.period.zoneMinutes)),
    series: [{ name: isLowest ? say(locale, '当天最低分', 'Lowest of the day') : say(locale, '健康分', 'Health score'), values: points.map(({ score }) => score), tone: 'accent' }],
    limit: { value: SCORE_LIMITS.warning, label: limitWords(SCORE_LIMITS.warning, '', locale) },
  };
}
const LOWEST_WORDS = {
  zh: '；每天取集群与各台机器各自得分中的最低值，与合并计算的总分不是同一口径',
  en: '. Each day: the lowest of what the cluster and each machine scored by itself; the overall score merges them all and is another figure',
} as const;
/** The period's own days; before a period of a single one, what is known of the time before it. */
function withinPeriod({ history, period }: ReportModel): ReportModel['history'] {
  const own = history.filter(({ at }) => at > (period.from ?? 0) - DAY);
  return own.length > 1 ? own : history;
}
