/**
 * Widths of a table's columns, from what stands in them: never less than the longest word that cannot be broken; then the page's width goes, bit
 * by bit, to the column that makes the table shortest; what is left over is shared as was asked for. Pure, the same in every format.
 */
import type { Cell, Column, TableBlock } from './blocks.ts';

/** Width of the text in ems of a table's type: 170 mm at 8.5 pt. */
const PAGE_EMS = 57;
/** The same in a smaller type, 7 pt: for tables whose words have no room otherwise, or whose columns are so narrow that every row is tall. */
const DENSE_EMS = 69;
/** A usual row of more lines than this is tall, in a crowded table of short texts: a smaller type reads better. */
const TALL_LINES = 3.2;
const LEAST_TALL_ROWS = 6;
/** Room beside the text of a cell. */
const PADDING_EMS = 1.5;
/** The least room beside a text: what every format really leaves there. */
const LEAST_PADDING_EMS = 1;
/** More before words that follow a figure. */
const AFTER_FIGURE_EMS = 0.4;
/** Letters are a little narrower than they are reckoned here: so far over the page no word is broken yet. */
const TOLERANCE = 1.05;
/** Longer words are broken: no column takes more for one of them. */
const LONGEST_EMS = 13;
/** A state, a duration, a size: a short text that is read as one word. */
const SHORT_STATE_EMS = 8;
/** Nobody reads a text of single characters one below the other. */
const LEAST_LINE_EMS = 4;
/** Four characters are one word, also where every character may end a line. */
const ONE_WORD_EMS = 4.5;
/** Room to write a name or a date by hand. */
const WRITING_EMS = 6.5;
/** A figure, perhaps behind a shape: what follows is its unit. A year is no figure: its quarter may stand below it. */
const MEASURED = /^(?:[■▲●✓?][ \u00a0])?(?!\d{4}[ \u00a0]?年)[−\-+]?\d/;
/** The number of a record is read out on the telephone. */
const TICKET = /^[A-Z]{1,6}-[\d-]{1,12}$/;
/** Names may be broken anywhere, if they must. */
const LONGEST_NAME_EMS = 7;
/** Wider than this no text asks to be. */
const WIDEST_EMS = 44;
/** Rows that are looked at; a long table is not read to its end. */
const MOST_ROWS = 200;
/** Rows whose height is worked out. */
const MOST_MEASURED = 40;
/** What is given to a column at once. */
const STEP_EMS = 1;
/** A line ends before the word that does not fit: so much of it stays empty. */
const RAGGED_EMS = 1.5;
/** Identifiers and names are broken at these, as the renderers do. */
const BREAKS = /\s+|[-./:,_]+(?!\w{1,2}(?![\w\-./:]))|(?<=[\u2e80-\u{1ffff}])|(?=[\u2e80-\u{1ffff}])/u;
/** A date is never broken. */
const DATE = /(\d{4})-(\d\d)-(\d\d)/g;
/** A shape and the word that says what it means stay together. */
const SHAPE = /^([■▲●✓?◆–])[ \u00a0]/u;

export function withColumnWidths(table: TableBlock): TableBlock {
  const { columns, rows } = table;
  if (columns.length < 2) return table;
  const shares = columns.map(shareOf);
  const cells = columns.map((_, index) => rows.slice(0, MOST_ROWS).map((row) => row[index]));
  const least = columns.map((column, index) => leastOf(column, cells[index] ?? []) + (column.align === 'left' && columns[index - 1]?.align === 'right' ? AFTER_FIGURE_EMS : 0));
  const whole = columns.map((column, index) => Math.max(least[index] ?? 0, wholeOf(column, cells[index] ?? [])));
  const lengths = heightRows(columns, rows);
  const widthsOn = (page: number): readonly number[] => {
    const roomy = shortest(crowded(least, shares, page), whole, lengths, page, PADDING_EMS);
    if (sumOf(least) > page || linesOn(roomy, lengths) === lengths.length) return roomy;
    // What stands free beside short texts is a long text's that would be broken after every few words.
    const close = shortest(least.map(closer), whole, lengths, page, LEAST_PADDING_EMS);
    return linesOn(close, lengths) < linesOn(roomy, lengths) ? close : roomy;
  };
  const usual = widthsOn(PAGE_EMS);
  const dense = sumOf(least) - (PADDING_EMS - LEAST_PADDING_EMS) * least.length > PAGE_EMS * TOLERANCE || (isOfShortTexts(table) && rowLines(usual, lengths) > TALL_LINES);
  const [page, widths] = dense ? [DENSE_EMS, widthsOn(DENSE_EMS)] : [PAGE_EMS, usual];
  const rest = Math.max(0, page - sumOf(widths));
  const wanted = sharesBeside(widths, shares, rest, page);
  const weighed = columns.map((column, index) => ({ ...column, weight: Math.round(((widths[index] ?? 1) + (wanted[index] ?? 0)) * 100) / 100 }));
  return { ...table, columns: weighed, ...(dense && { dense }) };
}
function shareOf({ weight, align, format }: Column): number {
  return weight ?? (align === 'right' || format === 'status' ? 1 : format === 'prose' ? 4 : 2);
}
function leastOf({ title, format }: Column, cells: readonly (Cell | undefined)[]): number {
  const bold = 1.08;
  const head = Math.max(longestWord(title), Math.min(emsOf(title) / 2, ONE_WORD_EMS)) * bold;
  const name = format === 'name' || format === 'code';
  const longest = Math.max(head, ...cells.map((cell) => (format === 'status' ? stateWord(cell?.text ?? '') * bold : wordsOf(cell?.text ?? ''))));
  const line = Math.min(LEAST_LINE_EMS, Math.max(0, ...cells.map((cell) => emsOf((cell?.text ?? '').slice(0, 40)))));
  const least = Math.max(Math.min(longest, name ? LONGEST_NAME_EMS : LONGEST_EMS), name ? longestNumber(cells) : 0, line);
  return (isWrittenByHand(cells) ? Math.max(least, WRITING_EMS) : least) + PADDING_EMS;
}
function isWrittenByHand(cells: readonly (Cell | undefined)[]): boolean {
  return cells.length > 0 && cells.every((cell) => cell?.text === '');
}
/** A number that people call a thing by, `INC-2026-0142`, is read in one piece. */
const NUMBER = /^#?[A-Za-z]{0,6}[-_]?\d[\d-]*$/;
function longestNumber(cells: readonly (Cell | undefined)[]): number {
  return Math.max(0, ...cells.map((cell) => (NUMBER.test(cell?.text ?? '') ? Math.min(emsOf(cell?.text ?? ''), SHORT_STATE_EMS) : 0)));
}
function wordsOf(text: string): number {
  return MEASURED.test(text) || TICKET.test(text) ? stateWord(text) : longestWord(text);
}
/** A short state stands in one line. */
function stateWord(text: string): number {
  const ems = emsOf(text.slice(0, 40));
  return ems <= SHORT_STATE_EMS ? ems : longestWord(text);
}
function longestWord(text: string): number {
  const whole = text.length <= 8 ? emsOf(text) : Number.POSITIVE_INFINITY;
  if (whole <= ONE_WORD_EMS) return whole;
  const shaped = SHAPE.test(text);
  const words = text.slice(0, 400).replace(SHAPE, '').replace(DATE, '$10$20$3').split(BREAKS);
  return Math.max(0, ...words.map((word, index) => emsOf(word) + (shaped && index === 0 ? 1.4 : 0)));
}
/** As wide as a Chinese character. */
const SHAPES = '■▲●✓◆';
/** Width of a text in ems of its type, a little wider than most fonts make it. */
export function emsOf(word: string): number {
  let ems = 0;
  for (const character of word)
    ems +=
      character > '\u2e7f' || SHAPES.includes(character) ? 1 : /[mwMW%@]/.test(character) ? 0.84 : /[A-Z]/.test(character) ? 0.66 : /[ijlI.,:;'|()]/.test(character) ? 0.34 : 0.57;
  return ems;
}

/** Longest text of a column in one line; a column in which nothing stands asks for its head alone. */
function wholeOf({ title }: Column, cells: readonly (Cell | undefined)[]): number {
  const longest = Math.max(0, ...cells.map((cell) => emsOf((cell?.text ?? '').slice(0, 200))));
  return Math.min(WIDEST_EMS, Math.max(longestWord(title), longest) + PADDING_EMS);
}
function closer(width: number): number {
  return width - (PADDING_EMS - LEAST_PADDING_EMS);
}
function sumOf(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
/**
 * More columns than the page has room for: the room beside the texts shrinks, and those that asked for much take a little more of the page, as far
 * as no word is broken for it.
 */
function crowded(least: readonly number[], shares: readonly number[], page: number): readonly number[] {
  if (sumOf(least) <= page) return least;
  const close = least.map(closer);
  const more = close.map((width, index) => Math.max(0, (((shares[index] ?? 0) / sumOf(shares)) * page - width) / 2));
  const room = Math.max(0, page * TOLERANCE - sumOf(close));
  const part = Math.min(1, room / Math.max(1e-9, sumOf(more)));
  return close.map((width, index) => width + (more[index] ?? 0) * part);
}

/** Ems of every cell of the rows that are measured, the head first: bold. */
function heightRows(columns: readonly Column[], rows: TableBlock['rows']): readonly (readonly number[])[] {
  const head = columns.map(({ title }) => emsOf(title) * 1.08);
  return [head, ...rows.slice(0, MOST_MEASURED).map((row) => columns.map((_, index) => emsOf((row[index]?.text ?? '').slice(0, 1_000))))];
}
/**
 * Gives the rest of the page away in small steps, each to the column that shortens the table most, until every text has its line. A row is as
 * high as its highest cell, which no step changes while two are equally high: a norm that is close to the maximum, and smooth, does not get stuck.
 */
function shortest(start: readonly number[], whole: readonly number[], lengths: readonly (readonly number[])[], page: number, padding: number): readonly number[] {
  const widths = [...start];
  const sums = lengths.map((row) => row.reduce((sum, ems, index) => sum + linesOf(ems, (widths[index] ?? 1) - padding), 0));
  const changeOf = (ems: number, width: number, step: number): number => linesOf(ems, width + step - padding) - linesOf(ems, width - padding);
  for (let room = page - sumOf(widths); room > 0; room -= STEP_EMS) {
    const step = Math.min(STEP_EMS, room);
    let best = -1;
    let most = 1e-6;
    for (const [index, width] of widths.entries()) {
      if (width >= (whole[index] ?? 0)) continue;
      const gain = lengths.reduce((total, row, at) => total + heightOf(sums[at] ?? 0) - heightOf((sums[at] ?? 0) + changeOf(row[index] ?? 0, width, step)), 0);
      if (gain > most) [best, most] = [index, gain];
    }
    if (best === -1) break;
    const width = widths[best] ?? 0;
    for (const [at, row] of lengths.entries()) sums[at] = (sums[at] ?? 0) + changeOf(row[best] ?? 0, width, step);
    widths[best] = width + step;
  }
  return widths;
}
/** @param room width of a column without what stays empty beside its text */
function linesIn(ems: number, room: number): number {
  return ems <= Math.max(1, room) ? 1 : ems / Math.max(1, room - RAGGED_EMS);
}
/** Lines of a text in a column, to the fourth power. */
function linesOf(ems: number, room: number): number {
  const lines = linesIn(ems, room);
  return lines * lines * lines * lines;
}
/** Lines of the whole table, its head included. */
function linesOn(widths: readonly number[], lengths: readonly (readonly number[])[]): number {
  return lengths.reduce((sum, row) => sum + Math.max(1, ...row.map((ems, index) => Math.ceil(linesIn(ems, (widths[index] ?? 1) - LEAST_PADDING_EMS)))), 0);
}
/** Tables of prose are tall by nature, and short ones take no room. */
function isOfShortTexts({ columns, rows }: TableBlock): boolean {
  return rows.length >= LEAST_TALL_ROWS && columns.every(({ format }) => format !== 'prose');
}
/** Lines of the usual row: the median of its highest cells, the head left out. */
function rowLines(widths: readonly number[], [, ...rows]: readonly (readonly number[])[]): number {
  const heights = rows.map((row) => Math.max(...row.map((ems, index) => linesIn(ems, (widths[index] ?? 1) - PADDING_EMS)))).toSorted((one, other) => one - other);
  return heights[heights.length >> 1] ?? 0;
}
function heightOf(sum: number): number {
  return Math.sqrt(Math.sqrt(sum));
}
/** Shares out what is left, so that the columns come as near to the shares that were asked for as what stands in them allows. */
function sharesBeside(widths: readonly number[], shares: readonly number[], rest: number, page: number): readonly number[] {
  const total = sumOf(shares);
  const lacking = widths.map((width, index) => Math.max(0, ((shares[index] ?? 0) / total) * page - width));
  const sum = sumOf(lacking);
  return sum === 0 ? widths.map((_, index) => ((shares[index] ?? 0) / total) * rest) : lacking.map((lack) => (lack / sum) * rest);
}
