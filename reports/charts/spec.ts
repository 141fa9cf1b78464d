/** One description of a chart, worded and formatted: drawing needs no language and no model. */
import type { Tone } from '../blocks.ts';

interface ChartFrame {
  /** The finding in a sentence. */
  readonly title: string;
  /** Where the data is from: period and sampling. */
  readonly source: string;
}
/** A line that bars are measured against. */
export interface Limit {
  readonly value: number;
  readonly label: string;
}
export interface BarRow {
  readonly name: string;
  readonly value: number | null;
  readonly label: string;
  readonly tone: Tone;
  /** What nobody knows of the rest: an empty frame behind the bar. */
  readonly unknown?: number | undefined;
}
/** Horizontal bars, worst first; `null` draws no bar, only the label that says why. */
export interface BarChart extends ChartFrame {
  readonly kind: 'bar';
  readonly max: number;
  readonly rows: readonly BarRow[];
  readonly limit?: Limit | undefined;
}
/** Horizontal bars of parts; the parts are named at the end of each bar. */
export interface StackedBarChart extends ChartFrame {
  readonly kind: 'stackedBar';
  readonly series: readonly { readonly name: string; readonly shape: string; readonly tone: Tone }[];
  /** One value per series. */
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}
export interface LineChart extends ChartFrame {
  readonly kind: 'line';
  /** Begin of the axis; default 0. */
  readonly min?: number | undefined;
  readonly max: number;
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[]; readonly tone: Tone }[];
  readonly limit?: Limit | undefined;
}
/** Rows × columns; a cell without an entry has no trouble. */
export interface HeatMapChart extends ChartFrame {
  readonly kind: 'heatMap';
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly cells: readonly { readonly row: number; readonly column: number; readonly label: string; readonly tone: Tone }[];
}
/** A chart that has no data says why. */
export interface NoDataChart extends ChartFrame {
  readonly kind: 'noData';
  readonly reason: string;
}
export type ChartSpec = BarChart | StackedBarChart | LineChart | HeatMapChart | NoDataChart;

/** The chart's content as words, for those who do not see it. */
export function chartAsText(chart: ChartSpec): string {
  return [chart.title, contentOf(chart)].filter((part) => part !== '').join(': ');
}
function contentOf(chart: ChartSpec): string {
  switch (chart.kind) {
    case 'bar':
      return chart.rows.map(({ name, label }) => `${name} ${label}`).join('; ');
    case 'stackedBar':
      return chart.rows.map(({ name, values }) => `${name} ${chart.series.map((series, index) => `${series.name} ${values[index] ?? 0}`).join(', ')}`).join('; ');
    case 'line':
      return chart.series.map(({ name, values }) => `${name} ${chart.labels.map((label, index) => `${label} ${values[index] ?? '–'}`).join(', ')}`).join('; ');
    case 'heatMap':
      return chart.cells.map(({ row, column, label }) => `${chart.rows[row] ?? ''} / ${chart.columns[column] ?? ''} ${label}`).join('; ');
    case 'noData':
      return chart.reason;
    default:
      return chart satisfies never;
  }
}
