/** What a chapter may consist of. Small and closed: every renderer is one exhaustive switch over it. */
import type { Severity } from '../agent/wire/vocabulary.ts';
import type { ChartSpec } from './charts/spec.ts';

/** Colour carries status alone, and never without a word or a shape. */
export type Tone = Severity | 'ok' | 'unknown' | 'accent' | 'neutral';

/** A cell, already worded; `value` is the bare number for formats that can calculate. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone | undefined;
  readonly value?: number | undefined;
  /** The bare moment (Unix seconds) of a cell that shows one. */
  readonly at?: number | undefined;
  /** The moment stands for its day: nobody knows or asks the hour. */
  readonly day?: true | undefined;
  /** What a spreadsheet calculates with where the text has a unit of its own: the number, and Excel's format that shows it with its unit. */
  readonly typed?: { readonly value: number; readonly format: string } | undefined;
}
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** `name` wraps at `-`, `.` and `/`; `code` is an identifier; `status` has a shape and a colour; `prose` may hold `code` in backticks. */
  readonly format: 'text' | 'name' | 'code' | 'status' | 'prose';
  /** Share of the width, for formats with fixed layouts; default by content. */
  readonly weight?: number | undefined;
  /** Left out of a table in which no row has a value for it. */
  readonly optional?: true | undefined;
}
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** What the value is out of, or its unit. */
  readonly unit?: string | undefined;
  readonly note?: string | undefined;
  readonly tone?: Tone | undefined;
}
/** Something a finding is about, with what was measured on it. */
export interface FindingObject {
  readonly name: string;
  readonly observed: string;
  readonly threshold: string;
  readonly severity: Severity;
}

export interface HeadingBlock {
  readonly type: 'heading';
  readonly level: 2 | 3;
  readonly text: string;
}
/** `text` may hold `code` in backticks. */
export interface ParagraphBlock {
  readonly type: 'paragraph';
  readonly text: string;
  readonly weight?: 'lead' | 'normal' | 'note' | undefined;
}
/** Items may hold `code` in backticks. */
export interface ListBlock {
  readonly type: 'list';
  readonly ordered: boolean;
  readonly items: readonly string[];
}
export interface KeyFiguresBlock {
  readonly type: 'keyFigures';
  readonly figures: readonly KeyFigure[];
}
export interface TableBlock {
  readonly type: 'table';
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows exist; the head says "n of m". */
  readonly total: number;
  /** What stands in place of rows when there are none. */
  readonly empty: string;
  /** So many columns that words would be broken: formats with fixed widths set it in a smaller type. */
  readonly dense?: true | undefined;
}
export interface ChartBlock {
  readonly type: 'chart';
  readonly chart: ChartSpec;
}
export interface CalloutBlock {
  readonly type: 'callout';
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
}
export interface FindingBlock {
  readonly type: 'finding';
  readonly severity: Severity;
  readonly check: string;
  readonly title: string;
  readonly objects: readonly FindingObject[];
  readonly objectTotal: number;
  /** There are more than `objectTotal`: a list had reached its cap. */
  readonly objectsAtLeast: boolean;
  /** What breaks for whom; left out where the document does not tell. */
  readonly why?: string | undefined;
  readonly remedy: string;
  /** Rank in a short list; with it the objects are one line. */
  readonly rank?: number | undefined;
  /** Words under the title: effect on the score, proposed date. */
  readonly note?: string | undefined;
}
export interface SignOffBlock {
  readonly type: 'signOff';
  readonly parties: readonly { readonly title: string; readonly lines: readonly string[]; readonly seal: string }[];
}
/** In full for those who look closer: closed on a screen, left out on paper, where the text before it says where to find it. */
export interface CollapsedBlock {
  readonly type: 'collapsed';
  readonly title: string;
  readonly blocks: readonly TableBlock[];
}
export interface PageBreakBlock {
  readonly type: 'pageBreak';
}
export type Block =
  | HeadingBlock
  | ParagraphBlock
  | ListBlock
  | KeyFiguresBlock
  | TableBlock
  | ChartBlock
  | CalloutBlock
  | FindingBlock
  | SignOffBlock
  | CollapsedBlock
  | PageBreakBlock;

export function heading(text: string, level: 2 | 3 = 2): HeadingBlock {
  return { type: 'heading', level, text };
}
export function paragraph(text: string, weight: ParagraphBlock['weight'] = 'normal'): ParagraphBlock {
  return { type: 'paragraph', text, weight };
}
export function callout(tone: Tone, title: string, text: string): CalloutBlock {
  return { type: 'callout', tone, title, text };
}
/** A left-aligned column of words. */
export function words(title: string, format: Column['format'] = 'text', weight?: number): Column {
  return { title, align: 'left', format, weight };
}
/** A right-aligned column of figures; the unit belongs into the title. */
export function figures(title: string, weight?: number): Column {
  return { title, align: 'right', format: 'text', weight };
}
