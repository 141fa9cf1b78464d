/** The shape of a worksheet: rows of typed cells with a head, for formats that filter and calculate. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Tone } from '../blocks.ts';
import type { ReportModel } from '../model.ts';

/**
 * A text, a number, a number with a format of its own, or a moment or its day (Unix seconds); `undefined` is an empty cell. `tone` colours a
 * status, never without its word.
 */
export type SheetCell =
  | string
  | number
  | undefined
  | { readonly at: number; readonly day?: true | undefined }
  | { readonly value: number; readonly format: string }
  | { readonly text: string; readonly tone: Tone };
export interface SheetColumn {
  readonly title: string;
  /** Characters of Latin width. */
  readonly width: number;
  /** `0`, `0.0`, … for numbers. */
  readonly format?: string | undefined;
}
export interface SheetContent {
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
}
export interface Sheet {
  readonly id: string;
  /** At most 31 characters and none of `[]:*?/\`, as Excel wants it. */
  readonly title: Text;
  /** No rows: the sheet is left out. */
  write(model: ReportModel, locale: Locale): SheetContent;
  /** Why there are no rows: nothing to list, or nothing gathered. */
  none?(model: ReportModel, locale: Locale): string;
}
