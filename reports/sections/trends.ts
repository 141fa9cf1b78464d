/** Trends as charts: one a measure, with the series that moved furthest towards their limit. */
import type { Locale, Unit } from '../../agent/wire/vocabulary.ts';
import type { Block, Tone } from '../blocks.ts';
import { callout } from '../blocks.ts';
import { sourceLine } from '../charts/figures.ts';
import type { LineChart } from '../charts/spec.ts';
import type { SeriesKind, Trend } from '../facts/period.ts';
import { formatDate, formatNumber, formatQuantity, plural, say, spaced } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { seriesWord, standingWord } from '../service-words.ts';
import { missingWords, SEVERITY_MARKS } from '../words.ts';

/** Lines of one chart: more cannot be told apart in print. */
const MOST_LINES = 4;
/** Points of one line: a point a week over half a year, a point a day over two months. */
const MOST_POINTS = 60;
const SOURCES: readonly Trend['source'][] = ['metrics-server', 'host', undefined];
const TONES: readonly Tone[] = ['accent', 'warning', 'ok', 'critical'];
const FACTOR: Readonly<Partial<Record<Unit, { readonly by: number; readonly word: string }>>> = {
  bytes: { by: 2 ** 30, word: 'GiB' },
  'bytes-per-second': { by: 2 ** 20, word: 'MiB/s' },
  percent: { by: 1, word: '%' },
};

/** Charts of these measures; nothing when the model was made without trends, a gap when they could not be had. */
export function trendCharts(model: ReportModel, kinds: readonly SeriesKind[], locale: Locale): readonly Block[] {
  if (model.trends === undefined) return [];
  const trends = known(model.trends);
  if (!trends)
    return [callout('unknown', say(locale, '趋势', 'Trends'), `${missingWords('missing' in model.trends ? model.trends.missing : 'no-history', locale)}${say(locale, '。', '.')}`)];
  return kinds.flatMap((kind) => {
    const own = trends.filter((trend) => trend.kind === kind && numbers(trend).length > 1);
    // What a host reads of itself and what metrics-server tells of it are two measures: never in one picture.
    return SOURCES.flatMap((source) => {
      const chart = trendChart(
        model,
        own.filter((trend) => trend.source === source),
        kind,
        locale,
      );
      return chart ? [{ type: 'chart', chart } as const] : [];
    });
  });
}
function numbers({ points }: Trend): readonly number[] {
  return points.flatMap(({ value }) => (value === null || !Number.isFinite(value) ? [] : [value]));
}
/** How near the last value is to the limit; without a limit, how far it moved. */
function urgency(trend: Trend): number {
  const values = numbers(trend);
  const last = values.at(-1) ?? 0;
  return trend.limit === undefined || trend.limit === 0 ? Math.abs(last - (values[0] ?? last)) / Math.max(1, Math.abs(values[0] ?? 1)) : last / trend.limit;
}

function trendChart(model: ReportModel, trends: readonly Trend[], kind: SeriesKind, locale: Locale): LineChart | undefined {
  const { zoneMinutes } = model.period;
  const shown = trends.toSorted((a, b) => urgency(b) - urgency(a) || (a.id < b.id ? -1 : 1)).slice(0, MOST_LINES);
  const [first] = shown;
  if (!first) return undefined;
  const { by, word } = FACTOR[first.unit] ?? { by: 1, word: '' };
  const times = spread(
    [...new Set(shown.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((a, b) => a - b),
    MOST_POINTS,
  );
  const series = shown.map((trend, index) => ({
    name: trend.name || (model.subject.cluster ?? ''),
    values: valuesAt(trend, times).map((value) => (value === null ? null : kind === 'availability' ? Number(value.toFixed(2)) : rounded(value / by))),
    tone: TONES[index] ?? 'neutral',
  }));
  const most = Math.max(first.limit === undefined ? 0 : first.limit / by, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const values = numbers(first);
  const quantity = (value: number): string => (kind === 'availability' ? `${value.toFixed(2)} %` : formatQuantity(value, first.unit, locale, zoneMinutes));
  const from = quantity(values[0] ?? 0);
  const to = quantity(values.at(-1) ?? 0);
  const rest = trends.length - shown.length;
  const more = rest > 0 ? say(locale, `（显示 ${shown.length} 条，共 ${trends.length} 条）`, ` (${shown.length} of ${plural(trends.length, 'series', 'series')} shown)`) : '';
  return {
    kind: 'line',
    title: say(
      locale,
      spaced(`${first.name} ${seriesWord(kind, 'zh', first.source)}${from === to ? `起止均为 ${to}` : `从 ${from} 变为 ${to}`}${more}`.trim()),
      `${seriesWord(kind, 'en', first.source)}${first.name ? ` on ${first.name}` : ''}: ${from === to ? `${to} at the start and the end` : `from ${from} to ${to}`}${more}`,
    ),
    source: sourceLine(model, locale, times[0]),
    min: kind === 'availability' ? availabilityFloor(Math.min(...series.flatMap((line) => line.values.map((value) => value ?? 100)))) : undefined,
    max: first.unit === 'percent' ? 100 : niceMax(most),
    labels: times.map((at) => formatDate(at, zoneMinutes)),
    series,
    ...(first.limit !== undefined && {
      limit: {
        value: rounded(first.limit / by),
        label: say(locale, `上限 ${formatNumber(rounded(first.limit / by))} ${word}`.trimEnd(), `limit ${formatNumber(rounded(first.limit / by))} ${word}`.trimEnd()),
      },
    }),
  };
}
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
/** As many as can be told apart, evenly from the first to the last. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.round((index * (all.length - 1)) / (most - 1))]).filter((one) => one !== undefined);
}
/** Its value at each moment; between two measurements what a straight line gives, in a gap nothing. */
function valuesAt({ points }: Trend, times: readonly number[]): readonly (number | null)[] {
  return times.map((at) => {
    const after = points.findIndex((point) => point.at >= at);
    const [before, next] = [points[after - 1], points[after]];
    if (next?.at === at) return next.value;
    if (before?.value === undefined || before.value === null || next?.value === undefined || next.value === null) return null;
    return before.value + ((next.value - before.value) * (at - before.at)) / (next.at - before.at);
  });
}
/** The axis of an availability begins where its last nines can be seen. */
function availabilityFloor(lowest: number): number {
  return lowest >= 99.5 ? 99.5 : lowest >= 99 ? 99 : lowest >= 95 ? 95 : 0;
}
/** 1, 2 or 5 times a power of ten, above the value: a line on the frame is not seen. */
function niceMax(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => value < factor * power) ?? 10;
  return step * power;
}

/** Most inspections in one picture. */
const MOST_RUNS = 14;
/** Open findings at each inspection of the period. */
export function severityOverTime(model: ReportModel, locale: Locale): readonly Block[] {
  const runs = known(model.runs);
  if (!runs || runs.length < 2) return [];
  const shown = spread(runs, MOST_RUNS);
  const total = (run: (typeof runs)[number]): number => run.findings.critical + run.findings.warning + run.findings.info;
  const [first] = runs;
  const last = runs.at(-1);
  if (!first || !last) return [];
  const severities = ['critical', 'warning', 'info'] as const;
  return [
    {
      type: 'chart',
      chart: {
        kind: 'stackedBar',
        title: say(
          locale,
          total(first) === total(last)
            ? `${runs.length} 次巡检：未解决问题期初与期末均为 ${total(last)} 处`
            : `${runs.length} 次巡检：未解决问题从 ${total(first)} 处变为 ${total(last)} 处`,
          `${plural(runs.length, 'inspection')}: ${total(first) === total(last) ? `open problems in ${plural(total(last), 'place')} at the start and the end` : `open problems went from ${total(first)} to ${plural(total(last), 'place')}`}`,
        ),
        source: sourceLine(model, locale, Math.max(first.at, model.period.from ?? 0)),
        series: severities.map((severity) => ({ name: SEVERITY_MARKS[severity].word[locale], shape: SEVERITY_MARKS[severity].shape, tone: severity })),
        rows: shown.map(({ at, findings }) => ({ name: formatDate(at, model.period.zoneMinutes), values: severities.map((severity) => findings[severity]) })),
      },
    },
  ];
}

/** New, worse, still open, better and gone as figures. */
export function standingFigures(model: ReportModel, locale: Locale): readonly Block[] {
  const compared = known(model.comparison);
  if (!compared) return [];
  const tones = { new: 'warning', worse: 'critical', open: 'unknown', better: 'ok', gone: 'ok' } as const;
  return [
    {
      type: 'keyFigures',
      figures: (['new', 'worse', 'open', 'better', 'gone'] as const).map((standing) => {
        const value = compared.findings.filter((entry) => entry.standing === standing).length;
        return { label: standingWord(standing, locale), value: formatNumber(value), unit: say(locale, '项', ''), tone: value > 0 ? tones[standing] : ('neutral' as const) };
      }),
    },
  ];
}
