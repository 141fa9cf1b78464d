/**
 * The report's lists as a workbook: filters, frozen heads, typed cells. Texts are written as text cells, never as formulas;
 * what a spreadsheet program would take for one when the file is saved as CSV and read again is set apart with a quote.
 */
import exceljs from 'exceljs';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { settledOffice } from '../../archive.ts';
import type { ReportKind } from '../../kinds/kind.ts';
import { s360 } from '../../kinds/s360.ts';
import type { ReportModel } from '../../model.ts';
import { LIGHT } from '../../palette.ts';
import { printableModel } from '../../printable.ts';
import { type AboutWorkbook, aboutWorkbook } from '../../sheets/about.ts';
import type { SheetCell, SheetColumn } from '../../sheets/sheet.ts';
import { linked, type SheetLink } from './sheet-links.ts';
import { sortedFonts } from './sorted-fonts.ts';

/** Excel's longest text of a cell. */
const LONGEST_TEXT = 32_767;
/** Excel's most rows, less the head. */
const MOST_ROWS = 1_048_575;

/** The bytes of an `.xlsx`. */
export async function renderXlsx(foreign: ReportModel, locale: Locale, kind: ReportKind = s360): Promise<Uint8Array> {
  const model = printableModel(foreign);
  const { asOf, zoneMinutes } = model.period;
  const about = aboutWorkbook(kind, model, locale);
  const { customer, cluster, host } = model.subject;
  const book = new exceljs.Workbook();
  book.creator = `xunjian ${model.product.version}`;
  book.created = new Date(asOf * 1_000);
  book.modified = book.created;
  book.title = about.title;
  book.subject = [customer, cluster, host].filter((part) => part !== undefined && part !== '').join(' · ');
  const style = { locale, zoneMinutes, font: fontOf(locale), latin: LATIN_WIDTHS[locale] };
  const links = writeAbout(book, about, style);
  for (const sheet of kind.sheets) {
    const { columns, rows } = sheet.write(model, locale);
    if (rows.length > 0) writeSheet(book, sheet.title[locale], columns, rows, about.title, style);
  }
  // Written anew with the report's date: equal reports are equal files.
  return settledOffice(new Uint8Array(await book.xlsx.writeBuffer()), asOf, { 'xl/styles.xml': sortedFonts, 'xl/worksheets/sheet1.xml': (xml) => linked(xml, links) });
}

function writeSheet(book: exceljs.Workbook, name: string, columns: readonly SheetColumn[], rows: readonly (readonly SheetCell[])[], report: string, style: Style): void {
  const measured = rows.slice(0, ROWS_TO_MEASURE);
  const { paperSize, orientation, characters } = paperFor(sumOf(columns.map((column, index) => widthOf(column, measured, index, style.latin))), rows.length);
  const widths = fitted(
    columns.map((column, index) => widthOf(column, measured, index, style.latin)),
    columns.map((_, index) => measured.some((row) => wraps(row[index]))),
    columns.map((column, index) => usualWidth(column, measured, index, style.latin)),
    characters,
  );
  const page = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 0 }],
    pageSetup: {
      ...{ paperSize, orientation, fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.55, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L&8${report} · &A&R&8&P / &N` },
  });
  const look: Look = { ...style, widths };
  const areNumbers = columns.map((_, index) => isNumber(measured.find((row) => row[index] !== undefined)?.[index]));
  page.columns = columns.map(({ title, format }, index) => ({
    header: safeText(title),
    width: widths[index] ?? 10,
    style: { font: look.font, alignment: { vertical: 'middle', wrapText: true }, ...(format !== undefined && { numFmt: format }) },
  }));
  styleHead(page.getRow(1), columns, areNumbers, look);
  page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  for (const row of rows.slice(0, MOST_ROWS)) fill(page.addRow([]), row, columns, look);
}
function isNumber(cell: SheetCell): boolean {
  return typeof cell === 'number' || (typeof cell === 'object' && 'value' in cell);
}

/** Names and values, then the sheets with links to them; no filter, for nobody filters it. */
function writeAbout(book: exceljs.Workbook, { name, title, facts, listsTitle, lists }: AboutWorkbook, style: Style): readonly SheetLink[] {
  const { font } = style;
  const links: SheetLink[] = [];
  const widths = [ABOUT_NAMES, ABOUT_VALUES] as const;
  const page = book.addWorksheet(name, {
    views: [{ showGridLines: false }],
    pageSetup: { paperSize: A4, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: `&L&8${title} · &A&R&8&P / &N` },
  });
  page.columns = widths.map((width) => ({ width, style: { font } }));
  const look: Look = { ...style, widths };
  const columns = widths.map((width) => ({ title: '', width }));
  const headline = page.addRow([safeText(title)]);
  headline.height = 34;
  headline.getCell(1).font = { ...font, size: 18, bold: true };
  headline.getCell(1).alignment = { vertical: 'middle' };
  for (const [fact, value] of facts) {
    const row = page.addRow([]);
    fill(row, [fact, value], columns, look);
    row.getCell(2).alignment = TEXT_PLACE;
  }
  page.addRow([]);
  const head = page.addRow([safeText(listsTitle)]);
  head.height = 24;
  head.getCell(1).font = { ...font, size: 12, bold: true };
  head.getCell(1).alignment = { vertical: 'middle' };
  for (const list of lists) {
    const row = page.addRow([]);
    fill(row, [list.name, list.holds], columns, look);
    if (!list.isThere) continue;
    row.getCell(1).font = { ...font, underline: true, color: { argb: argb('accent') } };
    links.push({ cell: row.getCell(1).address, sheet: list.name });
  }
  return links;
}
const ABOUT_NAMES = 26;
const ABOUT_VALUES = 80;

/** A cell has one font: that of the language. Names in the other are shown in what the program has for them. */
function fontOf(locale: Locale): Partial<exceljs.Font> {
  return { name: locale === 'zh' ? '微软雅黑' : 'Arial', size: 10, color: { argb: argb('text') } };
}

/** Apart from the number before it. */
const TEXT_PLACE = { vertical: 'middle', wrapText: true, horizontal: 'left', indent: 1 } as const;
/** The words after it are indented. */
const FIGURE_PLACE = { vertical: 'middle', horizontal: 'right' } as const;
/** Every cell, also an empty one: a row is followed across the page. */
const LINE = { bottom: { style: 'thin', color: { argb: argb('line') } } } as const;

function styleHead(row: exceljs.Row, columns: readonly SheetColumn[], areNumbers: readonly boolean[], { widths, latin, font }: Look): void {
  const titles = columns.map(({ title }) => title);
  row.height = heightOf(titles, { widths: widths.map((width) => width - FILTER_BUTTON), latin }) + ROOM_AROUND;
  row.eachCell((cell, column) => {
    cell.font = { ...font, bold: true, color: { argb: argb('page') } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: argb('accent') } };
    // Above the figures, beside the button.
    cell.alignment = areNumbers[column - 1] ? { ...TEXT_PLACE, horizontal: 'right', indent: 2 } : TEXT_PLACE;
  });
}
/** Characters that the button of a filter takes of a head. */
const FILTER_BUTTON = 3;

/** Characters of Latin width. A column takes no more than what stands in it, so that a sheet can be read on a screen and on paper. */
function widthOf({ title, width }: SheetColumn, rows: readonly (readonly SheetCell[])[], index: number, latin: number): number {
  // The head has room for the button of its filter.
  const longest = rows.reduce((most, row) => Math.max(most, lengthOf(textOf(row[index]), latin)), lengthOf(title, latin) + FILTER_BUTTON);
  const isMoment = rows.some((row) => isMomentCell(row[index]));
  if (isMoment) return Math.max(width, MOMENT_WIDTH);
  // A few characters more spare a second line to many rows.
  const most = width * SPARED;
  const asked = [longest + 2, usualWidth({ title }, rows, index, latin)].find((one) => one <= most);
  return asked ?? width;
}
const SPARED = 1.25;
function isMomentCell(cell: SheetCell): boolean {
  return typeof cell === 'object' && 'at' in cell && cell.day === undefined;
}
const ROWS_TO_MEASURE = 2_000;
/** A moment that does not fit is shown as `###`. */
const MOMENT_WIDTH = 18;
/** Characters that can be read on the width of a landscape A4: 277 mm at 7.2 pt, where a program counts columns in its widest figures (LibreOffice without Calibri). */
const ON_A4 = 180;
/** As many of a landscape A3; no sheet is wider, so that a row is one row on paper too. */
const ON_A3 = 262;
/** Numbers of the paper in ECMA-376 (ST_PaperSize is an unsigned number of Windows' list). */
const A3 = 8;
const A4 = 9;
/** A column that wraps is not squeezed below this. */
const NARROWEST = 12;
/** Rows of a list that fills pages. */
const LONG = 100;
/** A long list goes down the page: an upright A3 is as wide as a lying A4, and has twice its rows. */
function paperFor(width: number, rows: number): { readonly paperSize: number; readonly orientation: 'portrait' | 'landscape'; readonly characters: number } {
  if (rows > LONG && width <= UPRIGHT_A3 * SQUEEZED) return { paperSize: A3, orientation: 'portrait', characters: UPRIGHT_A3 };
  return width > ON_A4 ? { paperSize: A3, orientation: 'landscape', characters: ON_A3 } : { paperSize: A4, orientation: 'landscape', characters: ON_A4 };
}
/** It is as wide as an A4 that lies. */
const UPRIGHT_A3 = ON_A4;
/** So much too wide, its wrapping columns give up the rest. */
const SQUEEZED = 1.35;
function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
/**
 * A sheet that is too wide for its paper takes it from its wrapping columns: first the room that few rows need, then from each as much as it is
 * above the narrowest.
 * @param usual widths that nine of ten rows are content with
 */
function fitted(widths: readonly number[], isText: readonly boolean[], usual: readonly number[], characters: number): readonly number[] {
  const squeezed = (from: readonly number[], floor: (index: number) => number): readonly number[] => {
    const excess = sumOf(from) - characters;
    if (excess <= 0) return from;
    const spare = from.map((width, index) => (isText[index] ? Math.max(0, width - Math.max(NARROWEST, floor(index))) : 0));
    const part = Math.min(1, excess / Math.max(1, sumOf(spare)));
    return from.map((width, index) => width - (spare[index] ?? 0) * part);
  };
  return squeezed(
    squeezed(widths, (index) => usual[index] ?? 0),
    () => 0,
  );
}
function usualWidth({ title }: Pick<SheetColumn, 'title'>, rows: readonly (readonly SheetCell[])[], index: number, latin: number): number {
  const lengths = rows.map((row) => lengthOf(textOf(row[index]), latin)).toSorted((one, other) => one - other);
  return Math.max(lengths[Math.floor(lengths.length * 0.9)] ?? 0, lengthOf(title, latin) + FILTER_BUTTON) + 2;
}
function textOf(cell: SheetCell): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'object') return String(cell);
  if ('at' in cell) return cell.day ? '2026-11-22' : '2026-11-22 14:05';
  // Its unit stands in the format.
  return 'value' in cell ? `${cell.value.toFixed(2)}${/"[^"]*"/.exec(cell.format)?.[0] ?? ''}` : cell.text;
}
/** Of a letter of the language's font, in widths of the figure that Excel counts columns in, with what stays empty at the end of a line. */
const LATIN_WIDTHS: Readonly<Record<Locale, number>> = { zh: 1.05, en: 0.95 };
function lengthOf(text: string, latin: number): number {
  let length = 0;
  for (const character of text.slice(0, 2_000)) length += character > '\u2e7f' ? 2 : latin;
  return Math.ceil(length);
}
/** Points. Programs that do not measure wrapped texts themselves let them run over the next row. */
function heightOf(cells: readonly SheetCell[], { widths, latin }: Pick<Look, 'widths' | 'latin'>): number {
  // Numbers and moments never wrap.
  const lines = cells.reduce<number>(
    (most, cell, index) => (wraps(cell) ? Math.max(most, Math.ceil(lengthOf(textOf(cell), latin) / Math.max(1, (widths[index] ?? 10) - 1))) : most),
    1,
  );
  return Math.min(HIGHEST_ROW, lines * LINE_HEIGHT + ROOM_AROUND);
}
function wraps(cell: SheetCell): boolean {
  return typeof cell === 'string' || (typeof cell === 'object' && 'text' in cell);
}
const LINE_HEIGHT = 14;
/** Points above and below the text of a row together. */
const ROOM_AROUND = 4;
/** Excel's highest row, in points. */
const HIGHEST_ROW = 409;

interface Style {
  readonly locale: Locale;
  /** Width of a Latin letter. */
  readonly latin: number;
  readonly zoneMinutes: number;
  readonly font: Partial<exceljs.Font>;
}
interface Look extends Style {
  readonly widths: readonly number[];
}
function fill(row: exceljs.Row, cells: readonly SheetCell[], columns: readonly SheetColumn[], look: Look): void {
  row.height = heightOf(cells.slice(0, columns.length), look);
  for (const index of columns.keys()) {
    const cell = row.getCell(index + 1);
    cell.border = LINE;
    write(cell, cells[index], look);
  }
}
function write(cell: exceljs.Cell, value: SheetCell, { zoneMinutes, font }: Look): void {
  if (value === undefined) return;
  if (typeof value === 'number') {
    cell.value = Number.isFinite(value) ? value : null;
    cell.alignment = FIGURE_PLACE;
  } else if (typeof value === 'string') {
    cell.value = value.includes('`') ? { richText: codeApart(safeText(value), font) } : safeText(value);
    cell.alignment = TEXT_PLACE;
  } else if ('at' in value) {
    // Excel has no zones: the cell shows the report's own time, as the first sheet says.
    const local = value.at + zoneMinutes * 60;
    cell.value = new Date((value.day ? Math.floor(local / 86_400) * 86_400 : local) * 1_000);
    cell.numFmt = value.day ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm';
    cell.alignment = TEXT_PLACE;
  } else if ('value' in value) {
    cell.value = Number.isFinite(value.value) ? value.value : null;
    cell.numFmt = value.format;
    cell.alignment = FIGURE_PLACE;
  } else {
    cell.value = safeText(value.text);
    cell.alignment = TEXT_PLACE;
    cell.font = { ...font, bold: true, color: { argb: argb(value.tone) } };
  }
}

/** `code` in backticks is set apart, as in the other formats. */
function codeApart(text: string, font: Partial<exceljs.Font>): exceljs.RichText[] {
  return text.split('`').flatMap((part, index) => (part === '' ? [] : [{ text: part, font: index % 2 === 1 ? { ...font, name: 'Consolas' } : { ...font } }]));
}

/** A text that no spreadsheet program runs, also after a way through CSV. */
export function safeText(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return short.length > 1 && /^[=+\-@\t\r]/.test(short) ? `'${short}` : short;
}
function argb(name: keyof typeof LIGHT): string {
  return `FF${LIGHT[name].slice(1)}`;
}
