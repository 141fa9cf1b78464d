/** From a chart's description to SVG. The picture carries no title: renderers set it in their own type. */
import type { Tone } from '../blocks.ts';
import { FONT_FAMILY, LIGHT } from '../palette.ts';
import { harmless } from './harmless.ts';
import type { BarChart, BarRow, ChartSpec, HeatMapChart, Limit, LineChart, StackedBarChart } from './spec.ts';

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}
type DrawnChart = Exclude<ChartSpec, { kind: 'noData' }>;

/** As wide as the text of an A4 page at 96 dpi. */
const WIDTH = 660;
/** As wide as a phone. */
export const NARROW = 350;
const ROW = 18;
/** Longest name beside a bar, in characters of Latin width. */
const NAME_WIDTH = 32;
/** The same where there is little room. */
const NARROW_NAME_WIDTH = 18;
function nameWidthOf(width: number): number {
  return width < WIDTH ? NARROW_NAME_WIDTH : NAME_WIDTH;
}
const TEXT = { fontFamily: FONT_FAMILY, fontSize: 12, color: LIGHT.text };
const SMALL = { ...TEXT, fontSize: 11, color: LIGHT.muted };

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
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (isWide(letter) ? 12 : 6.8), 0);
}
function isWide(letter: string): boolean {
  return (letter.codePointAt(0) ?? 0) >= 0x1100;
}
/** Both ends of a name tell things apart, so the middle goes. */
function shortName(name: string, most = NAME_WIDTH): string {
  const letters = [...name];
  const room = letters.some(isWide) ? most / 2 + 2 : most;
  if (letters.length <= room) return name;
  const tail = Math.floor((room - 1) / 2);
  return `${letters.slice(0, room - 1 - tail).join('')}…${letters.slice(-tail).join('')}`;
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
function valueAxis(max: number, show: boolean): Record<string, unknown> {
  return {
    type: 'value',
    min: 0,
    max,
    interval: max / 5,
    axisLabel: { ...SMALL, show, formatter: (value: number) => String(value) },
    splitLine: { show, lineStyle: { color: LIGHT.line } },
    axisLine: { show: false },
  };
}
/** Room behind the axis for the labels that do not fit behind their own bars. */
function labelRoom({ rows, max }: BarChart, plot: number): number {
  return Math.max(48, ...rows.map((row) => (widthOf(row.label) + 14 - plot * (1 - endOf(row) / max)) / (endOf(row) / max || 1)));
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
      right: Math.min(labelRoom(chart, width - left), (width - left) / 2),
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
        data: chart.rows.map(({ unknown = 0, tone, label }) => ({
          value: unknown,
          itemStyle: { color: LIGHT.page, borderColor: LIGHT.unknown, borderWidth: unknown > 0 ? 1 : 0, borderType: 'dashed' },
          label: {
            ...TEXT,
            show: true,
            position: 'right',
            backgroundColor: LIGHT.page,
            padding: [1, 3],
            color: tone === 'neutral' ? LIGHT.text : LIGHT[tone],
            formatter: () => label,
          },
        })),
      },
    ],
  };
}
/** Behind the labels, named at its foot: above the frame there is no room. */
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

const LINE_HEIGHT = 220;
const LINE_TOP = 16;
const LINE_BOTTOM = 28;
/** Of two labels, one above the other. */
const LABEL_HEIGHT = 15;
/** How far each label moves so that none touches another and all stay beside the plot. @param places pixels from its top */
export function apart(places: readonly number[], room: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index, at: place })).toSorted((one, other) => one.place - other.place || one.index - other.index);
  for (const [rank, label] of order.entries()) label.at = Math.max(label.at, (order[rank - 1]?.at ?? -LABEL_HEIGHT) + LABEL_HEIGHT);
  for (const [rank, label] of [...order.entries()].toReversed()) label.at = Math.min(label.at, (order[rank + 1]?.at ?? room + LABEL_HEIGHT) - LABEL_HEIGHT);
  const shifts: number[] = [];
  for (const { index, at, place } of order) shifts[index] = Math.round(at - place);
  return shifts;
}

function lineOption(chart: LineChart, width: number): Record<string, unknown> {
  const ends = chart.series.map(({ name, values }) => `${shortName(name, nameWidthOf(width))} ${values.at(-1) ?? ''}`);
  const { min = 0, max } = chart;
  const plot = LINE_HEIGHT - LINE_TOP - LINE_BOTTOM;
  const shifts = apart(
    chart.series.map(({ values }) => plot * (1 - ((values.at(-1) ?? min) - min) / (max - min || 1))),
    plot,
  );
  return {
    grid: { left: 44, right: Math.min(width < WIDTH ? 150 : 250, Math.max(60, ...ends.map(widthOf)) + 12), top: LINE_TOP, bottom: LINE_BOTTOM },
    xAxis: {
      type: 'category',
      data: [...chart.labels],
      boundaryGap: false,
      axisLine: { lineStyle: { color: LIGHT.neutral } },
      axisTick: { show: false },
      axisLabel: { ...SMALL, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
    },
    yAxis: { ...valueAxis(max, true), min, interval: (max - min) / 5, axisLabel: { ...SMALL, formatter: (value: number) => String(Number(value.toPrecision(4))) } },
    series: chart.series.map(({ values, tone }, index) => ({
      type: 'line',
      silent: true,
      data: [...values],
      symbol: 'circle',
      symbolSize: 5,
      showSymbol: values.length <= 12,
      connectNulls: false,
      lineStyle: { color: LIGHT[tone], width: 2 },
      itemStyle: { color: LIGHT[tone] },
      endLabel: { ...TEXT, show: true, color: LIGHT[tone], offset: [0, shifts[index] ?? 0], formatter: () => ends[index] ?? '' },
      ...(index === 0 &&
        chart.limit && {
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            lineStyle: { color: LIGHT.muted, type: 'dashed', width: 1 },
            label: { ...SMALL, position: 'insideStartTop', formatter: chart.limit.label },
            data: [{ yAxis: chart.limit.value }],
          },
        }),
    })),
  };
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
  const heads = chart.columns.map((column) => wrapped(column, cellWidth - 4));
  const top = Math.max(1, ...heads.map((head) => head.split('\n').length)) * 14 + 12;
  const option = {
    grid: { left, top, width: cellWidth * chart.columns.length, height: chart.rows.length * 28 },
    xAxis: {
      type: 'category',
      position: 'top',
      data: chart.columns.map((_column, index) => index),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: LIGHT.line } },
      axisLabel: { ...SMALL, interval: 0, lineHeight: 14, formatter: (index: string) => heads[Number(index)] ?? '' },
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
          label: { ...TEXT, show: true, color: LIGHT.page, formatter: () => label },
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
