/** Widths of a table's columns: what they ask for, but never less than the longest word that cannot be broken. Pure, the same in every format. */
import type { Cell, Column, TableBlock } from './blocks.ts';

/** Width of the text in ems of a table's type: 170 mm at 8.5 pt. */
const PAGE_EMS = 57;
/** Room beside the text of a cell. */
const PADDING_EMS = 1.5;
/** Longer words are broken: no column takes more for one of them. */
const LONGEST_EMS = 13;
const SHORT_STATE_EMS = 8;
/** Names may be broken anywhere, if they must. */
const LONGEST_NAME_EMS = 7;
/** Rows that are looked at; a long table is not read to its end. */
const MOST_ROWS = 200;
/** Identifiers and names are broken at these, as the renderers do. */
const BREAKS = /[\s\-./:,_]+|(?<=[\u2e80-\u{1ffff}])|(?=[\u2e80-\u{1ffff}])/u;
/** A date is never broken. */
const DATE = /(\d{4})-(\d\d)-(\d\d)/g;
/** A shape and the word that says what it means stay together. */
const SHAPE = /^([■▲●✓?◆–]) /u;

export function withColumnWidths(table: TableBlock): TableBlock {
  const { columns, rows } = table;
  if (columns.length < 2) return table;
  const shares = columns.map(shareOf);
  const sum = shares.reduce((total, share) => total + share, 0);
  const least = columns.map((column, index) =>
    leastOf(
      column,
      rows.slice(0, MOST_ROWS).map((row) => row[index]),
    ),
  );
  const widths = fitted(
    shares.map((share) => (share / sum) * PAGE_EMS),
    least,
  );
  return { ...table, columns: columns.map((column, index) => ({ ...column, weight: Math.round((widths[index] ?? 1) * 100) / 100 })) };
}
function shareOf({ weight, align, format }: Column): number {
  return weight ?? (align === 'right' || format === 'status' ? 1 : format === 'prose' ? 4 : 2);
}
function leastOf(column: Column, cells: readonly (Cell | undefined)[]): number {
  const bold = 1.08;
  const longest = Math.max(
    longestWord(column.title) * bold,
    ...cells.map((cell) => (column.format === 'status' ? stateWord(cell?.text ?? '') * bold : longestWord(cell?.text ?? ''))),
  );
  return Math.min(longest, column.format === 'name' || column.format === 'code' ? LONGEST_NAME_EMS : LONGEST_EMS) + PADDING_EMS;
}
/** A short state stands in one line. */
function stateWord(text: string): number {
  const ems = emsOf(text.slice(0, 40));
  return ems <= SHORT_STATE_EMS ? ems : longestWord(text);
}
function longestWord(text: string): number {
  const shaped = SHAPE.test(text);
  const words = text.slice(0, 400).replace(SHAPE, '').replace(DATE, '$10$20$3').split(BREAKS);
  return Math.max(0, ...words.map((word, index) => emsOf(word) + (shaped && index === 0 ? 1.4 : 0)));
}
function emsOf(word: string): number {
  let ems = 0;
  for (const character of word) ems += character > '\u2e7f' ? 1 : /[A-ZmwMW%@]/.test(character) ? 0.72 : /[ijlI1.,:;'|()]/.test(character) ? 0.38 : 0.6;
  return ems;
}

/** Columns that are too narrow get their least; the others give it from what they have beyond theirs. */
function fitted(wanted: readonly number[], least: readonly number[]): readonly number[] {
  const lacking = wanted.reduce((total, width, index) => total + Math.max(0, (least[index] ?? 0) - width), 0);
  const spare = wanted.reduce((total, width, index) => total + Math.max(0, width - (least[index] ?? 0)), 0);
  if (lacking === 0) return wanted;
  // Too many columns for the page: each gives a little, those that asked for much take a little more.
  if (spare < lacking) return least.map((width, index) => Math.max(width, ((wanted[index] ?? 0) + width) / 2));
  return wanted.map((width, index) => {
    const own = least[index] ?? 0;
    return width <= own ? own : width - ((width - own) * lacking) / spare;
  });
}
