import type { Cell } from '../blocks.ts';
import { dateCell, quantityCell, textCell } from '../cells.ts';
import { fullAt, fullLevel } from '../due-dates.ts';
import type { Forecast } from '../facts/period.ts';
import { NO_VALUE, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { confidenceWord, forecastGap, seriesWord } from '../service-words.ts';
import type { List } from './list.ts';

import { daysLeftCell, dueTone, SHAPES, whole } from './outlook.ts';

const DAY = 86_400;
/** The shape and colour that the list of problems gives a value at this level. */
function levelled(cell: Cell, { current, limit, criticalLimit = Number.POSITIVE_INFINITY }: Forecast): Cell {
  const tone = current >= criticalLimit ? 'critical' : current >= limit ? 'warning' : undefined;
  return tone === undefined ? cell : { ...cell, text: `${SHAPES[tone] ?? ''}${cell.text}`, tone };
}

/** Beyond its limit already: there is nothing to wait for. */
export function isPast({ current, limit, unknown }: Forecast): boolean {
  return unknown === undefined && current >= limit;
}
/** Since when a series has been at its limit or beyond, by its own points; nothing where the period began so. */
export function pastSince({ id, limit }: Forecast, { trends }: Pick<ReportModel, 'trends'>): number | undefined {
  const points =
    known(trends)
      ?.find((trend) => trend.id === id)
      ?.points.filter(({ value }) => value !== null) ?? [];
  const below = points.findLastIndex(({ value }) => value !== null && value < limit);
  return below < 0 ? undefined : points[below + 1]?.at;
}

/** When what runs full, soonest first; those without a forecast say why. */
export const forecastsList: List<Forecast> = {
  id: 'forecasts',
  title: { zh: '容量预测', en: 'Capacity forecast' },
  sheet: { zh: '容量预测', en: 'Forecast' },
  empty: { zh: '没有可预测的指标。', en: 'There is nothing to forecast.' },
  pick({ forecasts }) {
    const order = ({ daysToLimit = 1e9, unknown }: Forecast): number => (unknown === undefined ? daysToLimit : 1e10);
    const rows = known(forecasts)?.toSorted((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
    return rows ? { value: { rows, total: rows.length } } : whole(forecasts);
  },
  columns: [
    { title: { zh: '指标', en: 'Measure' }, weight: 5, width: 22, cell: ({ kind, source }, _model, locale) => textCell(seriesWord(kind, locale, source)) },
    {
      title: { zh: '对象', en: 'Object' },
      format: 'name',
      weight: 7,
      width: 34,
      cell: ({ name }, { subject }, locale) => textCell(name || subject.cluster || say(locale, '集群', 'Cluster')),
    },
    {
      title: { zh: '当前', en: 'Now' },
      align: 'right',
      weight: 1.8,
      width: 14,
      cell: (forecast, model, locale) => levelled(quantityCell(forecast.current, forecast.unit, model, locale), forecast),
    },
    {
      title: { zh: '上限', en: 'Limit' },
      align: 'right',
      weight: 1.8,
      width: 14,
      cell: ({ limit, unit }, model, locale) => quantityCell(limit, unit, model, locale),
    },
    {
      title: { zh: '每天变化', en: 'Per day' },
      align: 'right',
      weight: 2,
      width: 14,
      cell: ({ slopePerDay, unit }, model, locale) => quantityCell(slopePerDay === undefined ? undefined : Number(slopePerDay.toPrecision(2)), unit, model, locale, true),
    },
    {
      title: { zh: '走势自', en: 'Course since' },
      weight: 2.5,
      width: 14,
      cell: ({ since, slopePerDay }, model, locale) =>
        since !== undefined ? dateCell(since, model) : { text: slopePerDay === undefined ? NO_VALUE : say(locale, '全期', 'whole period') },
    },
    {
      title: { zh: '到达上限（天）', en: 'Limit in (days)' },
      align: 'right',
      width: 14,
      cell(forecast, { period }, locale) {
        const { daysToLimit, unknown } = forecast;
        if (isPast(forecast)) return levelled({ text: say(locale, '已超过', 'past') }, forecast);
        if (unknown !== undefined) return { text: NO_VALUE };
        if (daysToLimit === undefined) return { text: say(locale, '一年以上', 'over a year') };
        return daysLeftCell(period.asOf + daysToLimit * DAY, period);
      },
    },
    {
      title: { zh: '到达上限', en: 'Limit reached' },
      weight: 3.4,
      width: 14,
      cell(forecast, model, locale) {
        const { daysToLimit, unknown } = forecast;
        const { asOf } = model.period;
        if (isPast(forecast)) {
          const day = dateCell(pastSince(forecast, model), model);
          return levelled({ ...day, text: day.at === undefined ? say(locale, '已超过', 'passed') : say(locale, `${day.text} 起`, `since ${day.text}`) }, forecast);
        }
        if (unknown !== undefined) return { text: NO_VALUE };
        if (daysToLimit === undefined) return { text: say(locale, '一年以上', 'over a year') };
        const at = asOf + daysToLimit * DAY;
        const day = dateCell(at, model, dueTone(at, asOf));
        return { ...day, text: `${day.tone ? (SHAPES[day.tone] ?? '') : ''}${day.text}` };
      },
    },
    {
      title: { zh: '预计达 100 %', en: '100 % on' },
      weight: 2.5,
      optional: true,
      width: 14,
      // What has no more than its limit is full there.
      cell: (forecast, model) => (fullLevel(forecast) > forecast.limit ? dateCell(fullAt(forecast, model.period.asOf), model) : { text: NO_VALUE }),
    },
    {
      title: { zh: '可信度', en: 'Confidence' },
      weight: 2.4,
      width: 24,
      cell: ({ confidence, unknown }, _model, locale) =>
        unknown === undefined
          ? textCell(confidenceWord(confidence, locale))
          : unknown === 'no-trend'
            ? textCell(say(locale, '没有上升趋势', 'does not rise'))
            : { text: say(locale, `? 无预测：${forecastGap(unknown, locale)}`, `? None: ${forecastGap(unknown, locale)}`), tone: 'unknown' },
    },
  ],
};
