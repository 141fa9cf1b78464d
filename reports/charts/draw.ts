/** From a chart's description to SVG. The picture carries no title: renderers set it in their own type. */
import type { Tone } from '../blocks.ts';
import { LIGHT } from '../palette.ts';
import { harmless } from './harmless.ts';
import { NARROW, nameWidthOf, SMALL, shortName, TEXT, valueAxis, WIDTH, widthOf } from './lettering.ts';
import { LINE_HEIGHT, lineOption } from './lines.ts';
import type { BarChart, BarRow, ChartSpec, HeatMapChart, Limit, StackedBarChart } from './spec.ts';

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}
type DrawnChart = Exclude<ChartSpec, { kind: 'noData' }>;

const ROW = 18;
/** Narrower columns of a heat map have no room for a shape with its number, nor for their heads in level lines. */
const ROOMY_CELL = 40;
/** The same for a shape alone. */
const LEAST_CELL = 16;
/** Draws a chart. `id` makes the inner ids of the picture unique on a page. @param width pixels: texts keep their size, the plot gives way */
export async function drawChart(chart: DrawnChart, id: string, width = WIDTH): Promise<Picture> {
  const { drawSvg } = await import('./engine.ts');
  const { option, height } = layoutOf(harmless(chart), width);
  const svg = drawSvg({ animation: false, textStyle: TEXT, ...option }, width, height);
  return { svg: withOwnIds(svg, id), width, height };
}

/**
 * A picture for print: without the engine's rules for pointers and its data marks, and with inner ids that are unique on the
 * page and always the same (the engine numbers its instances over the life of the process). Texts hold no bare `"` or `<`.
 */
function withOwnIds(svg: string, id: string): string {
  return svg
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_[a-z_]+|pointer-events)="[^"]*"/g, '')
    .replace(/(\bid="|url\(#|href="#)zr\d+-/g, (_match, before: string) => `${before}${id}-`)
    .replace(/\n+/g, '');
}

/** Whether the chart can be read when it is as narrow as a phone: a heat map of many columns cannot. */
export function isForPhones(chart: DrawnChart): boolean {
  return chart.kind !== 'heatMap' || (NARROW - nameRoom(chart.rows, NARROW) - 8) / chart.columns.length >= LEAST_CELL;
}

function layoutOf(chart: DrawnChart, width: number): { readonly option: Record<string, unknown>; readonly height: number } {
  switch (chart.kind) {
    case 'bar':
      return { option: barOption(chart, width), height: barsHeight(chart.rows.length) };
    case 'stackedBar':
      return { option: stackedOption(chart, width), height: barsHeight(chart.rows.length) };
    case 'line':
      return { option: lineOption(chart, width), height: LINE_HEIGHT };
    case 'heatMap':
      return heatMapLayout(chart, width);
    default:
      return chart satisfies never;
  }
}
function barsHeight(rows: number): number {
  return rows * ROW + 30;
}

/** Room for the longest name, so that bars begin where names end. */
function nameRoom(names: readonly string[], width: number): number {
  return Math.min(230, Math.max(40, ...names.map((name) => widthOf(shortName(name, nameWidthOf(width))))) + 14);
}
function namesAxis(names: readonly string[], width: number): Record<string, unknown> {
  return {
    type: 'category',
    data: names.map((_name, index) => index), // names may repeat; positions do not
    inverse: true,
    axisLine: { lineStyle: { color: LIGHT.neutral } },
    axisTick: { show: false },
    axisLabel: { ...TEXT, interval: 0, formatter: (index: string) => shortName(names[Number(index)] ?? '', nameWidthOf(width)) },
  };
}
/** Where there is little room the frame says what the number behind its sign is. */
function labelOn(label: string, width: number): string {
  return width < WIDTH ? label.replace(/(\? [\d,]+) .*$/, '$1') : label;
}
/** Room behind the axis for the labels that do not fit behind their own bars. */
function labelRoom({ rows, max, limit }: BarChart, plot: number, width: number): number {
  if (limit) return Math.max(48, ...rows.map(({ label }) => widthOf(label) + 14));
  return Math.max(48, ...rows.map((row) => (widthOf(labelOn(row.label, width)) + 14 - plot * (1 - endOf(row) / max)) / (endOf(row) / max || 1)));
}
function endOf({ value, unknown = 0 }: BarRow): number {
  return (value ?? 0) + unknown;
}
const BARS = { type: 'bar', stack: 'all', silent: true, barWidth: 10 } as const;
function barOption(chart: BarChart, width: number): Record<string, unknown> {
  const left = nameRoom(
    chart.rows.map(({ name }) => name),
    width,
  );
  return {
    grid: {
      left,
      right: Math.min(labelRoom(chart, width - left, width), (width - left) / 2),
      top: 4,
      bottom: 26,
    },
    xAxis: { ...valueAxis(chart.max, true), axisLabel: { show: false } },
    yAxis: namesAxis(
      chart.rows.map(({ name }) => name),
      width,
    ),
    series: [
      {
        ...BARS,
        data: chart.rows.map(({ value, tone }) => ({ value: value ?? 0, itemStyle: { color: LIGHT[tone] } })),
        ...(chart.limit && { markLine: limitLine(chart.limit) }),
      },
      // What nobody knows is a frame without a colour: neither good nor bad. The label stands behind both.
      {
        ...BARS,
        data: chart.rows.map((row) => ({
          value: row.unknown ?? 0,
          itemStyle: { color: LIGHT.page, borderColor: LIGHT.unknown, borderWidth: (row.unknown ?? 0) > 0 ? 1 : 0, borderType: 'dashed' },
          ...(!chart.limit && { label: rowLabel(row, width) }),
        })),
      },
      // Beside a limit the labels stand behind the axis: a figure on its line would be read as the limit's.
      ...(chart.limit
        ? [{ ...BARS, data: chart.rows.map((row) => ({ value: Math.max(0, chart.max - endOf(row)), itemStyle: { color: 'none' }, label: rowLabel(row, width) })) }]
        : []),
    ],
  };
}
function rowLabel({ tone, label }: BarRow, width: number): Record<string, unknown> {
  const color = tone === 'neutral' ? LIGHT.text : LIGHT[tone];
  return { ...TEXT, show: true, position: 'right', backgroundColor: LIGHT.page, padding: [1, 3], color, formatter: () => labelOn(label, width) };
}
/** Named at its foot: above the frame there is no room. */
function limitLine({ value, label }: Limit): Record<string, unknown> {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    z: 0,
    lineStyle: { color: LIGHT.muted, type: 'dashed', width: 1 },
    label: { ...SMALL, position: 'end', distance: 8, formatter: label },
    data: [{ xAxis: value }],
  };
}

function stackedOption(chart: StackedBarChart, width: number): Record<string, unknown> {
  const totals = chart.rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(1, ...totals);
  const rich = Object.fromEntries(chart.series.map(({ tone }, index) => [`s${index}`, { ...TEXT, color: LIGHT[tone], padding: [0, 8, 0, 0] }]));
  const last = chart.series.length - 1;
  return {
    grid: {
      left: nameRoom(
        chart.rows.map(({ name }) => name),
        width,
      ),
      right: width < WIDTH ? 110 : 150,
      top: 4,
      bottom: 8,
    },
    xAxis: { ...valueAxis(most, false) },
    yAxis: namesAxis(
      chart.rows.map(({ name }) => name),
      width,
    ),
    series: chart.series.map(({ tone }, index) => ({
      type: 'bar',
      stack: 'all',
      silent: true,
      barWidth: 10,
      itemStyle: { color: LIGHT[tone], borderColor: LIGHT.page, borderWidth: 1 },
      data: chart.rows.map((row) => ({
        value: row.values[index] ?? 0,
        ...(index === last && { label: { show: true, position: 'right', rich, formatter: () => partsOf(chart, row.values) } }),
      })),
    })),
  };
}
/** Shape and number of each part that is there, in its colour. Numbers and our own shapes only: names never enter this markup. */
function partsOf({ series }: StackedBarChart, values: readonly number[]): string {
  return series.flatMap(({ shape }, index) => ((values[index] ?? 0) > 0 ? [`{s${index}|${shape} ${values[index]}}`] : [])).join('');
}

/** Lines no wider than `room`, broken between words and between Chinese characters. */
function wrapped(text: string, room: number): string {
  const lines: string[] = [];
  for (const word of text.match(/[\u1100-\u{10FFFF}]|[^\u1100-\u{10FFFF}]+?(?:\s+|$|(?=[\u1100-\u{10FFFF}]))/gu) ?? []) {
    const line = lines.at(-1);
    if (line === undefined || widthOf(line + word.trimEnd()) > room) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

const TONES: readonly Tone[] = ['critical', 'warning', 'info'];
function heatMapLayout(chart: HeatMapChart, width: number): { readonly option: Record<string, unknown>; readonly height: number } {
  const left = nameRoom(chart.rows, width);
  const cellWidth = Math.min(110, (width - left - 8) / Math.max(1, chart.columns.length));
  const isRoomy = cellWidth >= ROOMY_CELL;
  const heads = isRoomy ? chart.columns.map((column) => wrapped(column, cellWidth - 4)) : chart.columns;
  const top = (isRoomy ? Math.max(1, ...heads.map((head) => head.split('\n').length)) * 14 : Math.max(...heads.map(widthOf))) + 12;
  const labelIn = (label: string): string => (width >= WIDTH ? label : isRoomy ? label.replace(/ (?=\d)/g, '') : (label.split(' ')[0] ?? ''));
  const option = {
    grid: { left, top, width: cellWidth * chart.columns.length, height: chart.rows.length * 28 },
    xAxis: {
      type: 'category',
      position: 'top',
      data: chart.columns.map((_column, index) => index),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: LIGHT.line } },
      axisLabel: { ...SMALL, interval: 0, lineHeight: 14, ...(!isRoomy && { rotate: 90 }), formatter: (index: string) => heads[Number(index)] ?? '' },
    },
    yAxis: { ...namesAxis(chart.rows, width), splitLine: { show: true, lineStyle: { color: LIGHT.line } } },
    visualMap: { show: false, type: 'piecewise', dimension: 2, pieces: TONES.map((tone, index) => ({ value: index, color: LIGHT[tone] })) },
    series: [
      {
        type: 'heatmap',
        silent: true,
        itemStyle: { borderColor: LIGHT.page, borderWidth: 2 },
        data: chart.cells.map(({ row, column, label, tone }) => ({
          value: [column, row, Math.max(0, TONES.indexOf(tone))],
          label: { ...TEXT, show: true, color: LIGHT.page, formatter: () => labelIn(label) },
        })),
      },
    ],
  };
  return { option, height: top + chart.rows.length * 28 + 8 };
}

/** One of each kind that the usual report draws. */
const SAMPLES: readonly DrawnChart[] = [
  { kind: 'bar', title: '', source: '', max: 1, rows: [{ name: 'a', value: 1, label: '1', tone: 'ok' }], limit: { value: 1, label: '1' } },
  { kind: 'stackedBar', title: '', source: '', series: [{ name: 'a', shape: '■', tone: 'ok' }], rows: [{ name: 'a', values: [1] }] },
];

/** Loads the chart library before the first chart is asked for, and draws once: its code is compiled when it first runs. */
export async function preloadCharts(): Promise<void> {
  await Promise.all(SAMPLES.map((sample, index) => drawChart(sample, `sample-${index}`)));
}
