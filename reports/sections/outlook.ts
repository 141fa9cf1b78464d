/** What is coming: dates, limits, ends of support. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { heading, paragraph } from '../blocks.ts';
import { calendarDay } from '../cells.ts';
import { fullAt, fullLevel } from '../due-dates.ts';
import type { Forecast } from '../facts/period.ts';
import { formatDate, formatObserved, plural, say } from '../format.ts';
import { forecastsList, pastSince } from '../lists/forecasts.ts';
import type { List } from '../lists/list.ts';
import { calendarDaysLeft, calendarList, lifecyclesList } from '../lists/outlook.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { seriesWord } from '../service-words.ts';
import { optionalTable } from './optional.ts';

const DAY = 86_400;
/** Dates on paper: those of the next half year, and a few behind them. */
const HALF_YEAR = 183;
const LEAST_DATES = 6;
const MOST_DATES = 15;

export function calendarBlocks(model: ReportModel, locale: Locale): readonly Block[] {
  if (model.calendar === undefined) return [];
  const rows = known(model.calendar)?.rows;
  const within = (days: number): number => rows?.filter(({ dueAt }) => dueAt - model.period.asOf <= days * DAY).length ?? 0;
  return [
    heading(say(locale, '到期日历', 'Dates to come')),
    ...(rows
      ? [
          paragraph(
            say(
              locale,
              `7 天内（含已过期）${within(7)} 项，30 天内 ${within(30)} 项，90 天内 ${within(90)} 项。`,
              `Within 7 days (or past): ${within(7)}; within 30 days: ${within(30)}; within 90 days: ${within(90)}.`,
            ),
          ),
        ]
      : []),
    ...optionalTable(calendarList, model, locale, Math.min(MOST_DATES, Math.max(LEAST_DATES, within(HALF_YEAR)))),
  ];
}

/** The soonest limit in words, then what rises or cannot be told; what does not rise is counted here and listed in the workbook. */
export function forecastBlocks(model: ReportModel, locale: Locale): readonly Block[] {
  if (model.forecasts === undefined) return [];
  const all = known(model.forecasts);
  return [
    heading(say(locale, '容量预测', 'Capacity forecast')),
    ...(all && all.length > 0 ? [paragraph(forecastWords(all, model, locale))] : []),
    ...(all && all.length > 0 && !all.some(isTold) ? [] : optionalTable(toldForecasts, model, locale, 12)),
  ];
}
/** What does not rise has no row on paper, unless it stands at its limit. */
function isTold({ unknown, current, limit }: Forecast): boolean {
  return unknown !== 'no-trend' || current >= limit;
}
const toldForecasts: List<Forecast> = {
  ...forecastsList,
  pick(model) {
    const picked = forecastsList.pick(model);
    if (!picked || 'missing' in picked) return picked;
    const rows = picked.value.rows.filter(isTold);
    return { value: { rows, total: rows.length } };
  },
};
/** A forecast is only said with its confidence, which the table has. */
function forecastWords(all: readonly Forecast[], model: ReportModel, locale: Locale): string {
  const soonest = all.filter(({ daysToLimit, unknown }) => daysToLimit !== undefined && unknown === undefined).toSorted((a, b) => (a.daysToLimit ?? 0) - (b.daysToLimit ?? 0))[0];
  const level = all.filter(({ unknown }) => unknown === 'no-trend').length;
  const gaps = all.filter(({ unknown }) => unknown !== undefined && unknown !== 'no-trend').length;
  if (level === all.length) return say(locale, `${level} 项指标都没有上升趋势。`, `None of the ${plural(level, 'metric')} is rising.`);
  const words = soonest
    ? firstReached(soonest, model, locale)
    : gaps + level < all.length
      ? say(locale, '有预测的指标在一年内都不会到达上限。', 'None of the metrics with a forecast reaches its limit within a year.')
      : '';
  const flat = level > 0 ? say(locale, `另有 ${level} 项指标没有上升趋势。`, ` ${plural(level, 'other metric is', 'other metrics are')} not rising.`) : '';
  const unknown = gaps > 0 ? say(locale, `${gaps} 项指标无法预测，原因见表。`, ` ${plural(gaps, 'metric')} could not be forecast; the table gives the reasons.`) : '';
  return `${words}${flat}${unknown}`.trim();
}

/** Which limit is reached first and when; a course that began within the period says since when. */
function firstReached(forecast: Forecast, model: ReportModel, locale: Locale): string {
  const { name, kind, source, since, current, limit, daysToLimit = 0 } = forecast;
  const { period, subject } = model;
  const day = (at: number): string => formatDate(at, period.zoneMinutes);
  const measure = seriesWord(kind, locale, source);
  const object = name || (subject.cluster ?? say(locale, '集群', 'the cluster'));
  if (current >= limit) return passed(forecast, model, { zh: `${object} 的${measure}`, en: `${measure} on ${object}` }, locale);
  const days = Math.max(1, Math.round(daysToLimit));
  const on = day(period.asOf + daysToLimit * DAY);
  return say(
    locale,
    `${since === undefined ? '按本期趋势' : `按 ${day(since)} 以来的走势`}，最先到达上限的是 ${object} 的${measure}，约 ${days} 天后（${on}）。`,
    `At the pace ${since === undefined ? 'of this period' : `since ${day(since)}`}, ${withinSentence(measure)} on ${object} reaches its limit first, in about ${plural(days, 'day')} (${on}).`,
  );
}
/** `disk used`, but `CPU used`. */
function withinSentence(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
/** A limit that was passed: since when, whether it is critical by now, and when the thing is full at this pace. */
function passed(forecast: Forecast, model: ReportModel, what: Text, locale: Locale): string {
  const { since, current, limit, criticalLimit = Number.POSITIVE_INFINITY, unit, slopePerDay = 0 } = forecast;
  const { asOf, zoneMinutes } = model.period;
  const day = (at: number): string => formatDate(at, zoneMinutes);
  const from = pastSince(forecast, model);
  const level = formatObserved(limit, unit, locale, zoneMinutes);
  const beyond =
    from === undefined
      ? say(locale, `已超过上限 ${level}`, `is beyond its limit of ${level}`)
      : say(locale, `已于 ${day(from)} 超过上限 ${level}`, `passed its limit of ${level} on ${day(from)}`);
  const grave = current < criticalLimit ? '' : say(locale, `，现为 ${formatObserved(current, unit, 'zh', zoneMinutes)}，超过严重阈值`, ` and is now beyond the critical threshold`);
  const began = since === undefined || slopePerDay <= 0 ? '' : say(locale, `，自 ${day(since)} 起持续上升`, `; it has been rising since ${day(since)}`);
  const end = fullLevel(forecast) > limit ? fullAt(forecast, asOf) : undefined;
  const days = end === undefined ? 0 : Math.max(1, calendarDaysLeft(end, model.period));
  const full =
    end === undefined
      ? ''
      : say(
          locale,
          `，按此速度约 ${days} 天后（${day(end)}）达到 ${formatObserved(fullLevel(forecast), unit, 'zh', zoneMinutes)}`,
          `, and at this pace it reaches ${formatObserved(fullLevel(forecast), unit, 'en', zoneMinutes)} in about ${plural(days, 'day')} (${day(end)})`,
        );
  return say(locale, `${what.zh}${beyond}${grave}${began}${full}。`, `${what.en} ${beyond}${grave}${began}${full}.`);
}

export function lifecycleBlocks(model: ReportModel, locale: Locale): readonly Block[] {
  const rows = known(model.lifecycles);
  // A product line that the contract merely lists is in nobody's use.
  const over =
    rows?.filter(({ endOfSupportAt, inUse }) => inUse > 0 && endOfSupportAt !== undefined && calendarDaysLeft(calendarDay(endOfSupportAt, model), model.period) < 0).length ?? 0;
  return [
    ...(rows && over > 0
      ? [
          paragraph(
            say(
              locale,
              `${over} 个在用版本已停止维护：社区不再发布补丁，需先升级版本。`,
              `${plural(over, 'release')} in use ${over === 1 ? 'is' : 'are'} out of support: no fixes are published any more, so upgrade first.`,
            ),
          ),
        ]
      : []),
    ...optionalTable(lifecyclesList, model, locale),
  ];
}
