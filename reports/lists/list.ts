/** A list of a report, described once: a table on paper (worst or newest rows) and a worksheet with all of them. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell, Column } from '../blocks.ts';
import { callout } from '../blocks.ts';
import type { Missing } from '../facts/fact.ts';
import { NO_VALUE, say } from '../format.ts';
import type { Fact, ReportModel, Rows } from '../model.ts';
import { known } from '../model.ts';
import type { Sheet, SheetCell } from '../sheets/sheet.ts';
import { missingWords, rowsShown } from '../words.ts';

export interface ListColumn<T> {
  readonly title: Text;
  readonly format?: Column['format'] | undefined;
  readonly align?: 'left' | 'right' | undefined;
  /** Share of the paper's width; left out, the column stands in the worksheet alone. */
  readonly weight?: number | undefined;
  /** Left out on paper where no row has a value for it. */
  readonly optional?: true | undefined;
  /** Characters in the worksheet; left out, the column stands on paper alone. */
  readonly width?: number | undefined;
  /** Excel's format of numbers. */
  readonly numbers?: string | undefined;
  cell(row: T, model: ReportModel, locale: Locale): Cell;
}
export interface List<T> {
  readonly id: string;
  readonly title: Text;
  /** Name of the worksheet, at most 31 characters. */
  readonly sheet: Text;
  /** Stands in place of rows when the list is known to be empty. */
  readonly empty: Text;
  /** Said in place of the common words for why there is no list. */
  readonly missing?: Readonly<Partial<Record<Missing, Text>>> | undefined;
  /** Told by tickets, contract or people: an inspection alone cannot know it. */
  readonly ofService?: true | undefined;
  /** File of a folder of records that can supply it. */
  readonly records?: string | undefined;
  pick(model: ReportModel): Fact<Rows<T>> | undefined;
  readonly columns: readonly ListColumn<T>[];
}

/** Rows on paper; the workbook has all. */
export const MOST_ON_PAPER = 20;

/** The list as a table, or why there is none: a list that was never gathered is not an empty list. */
export function listTable<T>(list: List<T>, model: ReportModel, locale: Locale, most = MOST_ON_PAPER): Block {
  const fact = list.pick(model);
  const rows = known(fact);
  if (!rows) return callout('unknown', list.title[locale], whyNot(list, fact, locale));
  const columns = list.columns.filter(({ weight }) => weight !== undefined);
  return {
    type: 'table',
    title: list.title[locale],
    columns: columns.map(({ title, align = 'left', format = 'text', weight, optional }) => ({ title: title[locale], align, format, weight, optional })),
    rows: rows.rows.slice(0, rowsShown(rows.rows.length, most)).map((row) => columns.map((column) => column.cell(row, model, locale))),
    total: rows.total,
    empty: list.empty[locale],
  };
}

function whyNot<T>(list: List<T>, fact: Fact<Rows<T>> | undefined, locale: Locale): string {
  const reason = fact && 'missing' in fact ? fact.missing : 'not-gathered';
  const own = list.missing?.[reason]?.[locale];
  if (own !== undefined) return own;
  const words = list.ofService && reason === 'not-gathered' ? notOfService(locale) : missingWords(reason, locale);
  return `${words}${say(locale, '。', '.')}`;
}
/** An inspection is not to blame for what only tickets and contracts hold. */
function notOfService(locale: Locale): string {
  return say(locale, '未提供：巡检数据不含此项，不能说明有无', 'Not provided: inspection data does not include it, so whether there are any is unknown');
}

/** All rows with typed cells; left out when there is none. */
export function listSheet<T>(list: List<T>): Sheet {
  return {
    id: list.id,
    title: list.sheet,
    none(model, locale) {
      const fact = list.pick(model);
      return known(fact) ? list.empty[locale] : whyNot(list, fact, locale);
    },
    write(model, locale) {
      const columns = list.columns.filter(({ width }) => width !== undefined);
      return {
        columns: columns.map(({ title, width = 0, numbers }) => ({ title: title[locale], width, format: numbers })),
        rows: (known(list.pick(model))?.rows ?? []).map((row) => columns.map((column) => sheetCell(column.cell(row, model, locale)))),
      };
    },
  };
}
function sheetCell({ text, tone, value, at, day, typed }: Cell): SheetCell {
  if (at !== undefined) return { at, day };
  if (typed !== undefined) return typed;
  if (value !== undefined) return value;
  if (text === NO_VALUE || text === '') return undefined;
  return tone === undefined ? text : { text, tone };
}
