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
import { aboutSheet } from '../../sheets/about.ts';
import { overviewSheet } from '../../sheets/overview.ts';
import type { SheetCell, SheetColumn } from '../../sheets/sheet.ts';
import { sortedFonts } from './sorted-fonts.ts';

/** Excel's longest text of a cell. */
const LONGEST_TEXT = 32_767;
/** Excel's most rows, less the head. */
const MOST_ROWS = 1_048_575;

/** The bytes of an `.xlsx`. */
export async function renderXlsx(foreign: ReportModel, locale: Locale, kind: ReportKind = s360): Promise<Uint8Array> {
  const model = printableModel(foreign);
  const { asOf, zoneMinutes } = model.period;
  const book = new exceljs.Workbook();
  book.creator = `xunjian ${model.product.version}`;
  book.created = new Date(asOf * 1_000);
  book.modified = book.created;
  book.title = kind.title[locale];
  for (const sheet of kind.sheets.includes(overviewSheet) ? kind.sheets : [aboutSheet(kind), ...kind.sheets]) {
    const { columns, rows } = sheet.write(model, locale);
    if (rows.length === 0) continue;
    const widths = fitted(
      columns.map((column, index) => widthOf(column, rows, index, LATIN_WIDTHS[locale])),
      columns.map((_, index) => rows.slice(0, ROWS_TO_MEASURE).some((row) => wraps(row[index]))),
    );
    const name = sheet.title[locale];
    const page = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 1, xSplit: 0 }],
      pageSetup: {
        ...{ paperSize: paperOf(widths), orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
        margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.55, header: 0.3, footer: 0.3 },
      },
      headerFooter: { oddFooter: '&L&8xunjian · &A&R&8&P / &N' },
    });
    const look: Look = { widths, zoneMinutes, font: fontOf(locale), latin: LATIN_WIDTHS[locale] };
    page.columns = columns.map(({ title, format }, index) => ({
      header: safeText(title),
      width: widths[index] ?? 10,
      style: { font: look.font, alignment: { vertical: 'middle', wrapText: true }, ...(format !== undefined && { numFmt: format }) },
    }));
    styleHead(page.getRow(1), columns, look);
    page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
    for (const row of rows.slice(0, MOST_ROWS)) fill(page.addRow([]), row, columns, look);
  }
  // Written anew with the report's date: equal reports are equal files.
  return settledOffice(new Uint8Array(await book.xlsx.writeBuffer()), asOf, { 'xl/styles.xml': sortedFonts });
}

/** A cell has one font: that of the language. Names in the other are shown in what the program has for them. */
function fontOf(locale: Locale): Partial<exceljs.Font> {
  return { name: locale === 'zh' ? '微软雅黑' : 'Arial', size: 10, color: { argb: argb('text') } };
}

/** Apart from the number before it. */
const TEXT_PLACE = { vertical: 'middle', wrapText: true, horizontal: 'left', indent: 1 } as const;
/** Every cell, also an empty one: a row is followed across the page. */
const LINE = { bottom: { style: 'thin', color: { argb: argb('line') } } } as const;

function styleHead(row: exceljs.Row, columns: readonly SheetColumn[], { widths, latin, font }: Look): void {
  const titles = columns.map(({ title }) => title);
  row.height = heightOf(titles, { widths: widths.map((width) => width - FILTER_BUTTON), latin }) + ROOM_AROUND;
  row.eachCell((cell) => {
    cell.font = { ...font, bold: true, color: { argb: argb('page') } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: argb('accent') } };
    cell.alignment = TEXT_PLACE;
  });
}
/** Characters that the button of a filter takes of a head. */
const FILTER_BUTTON = 3;

/** Characters of Latin width. A column takes no more than what stands in it, so that a sheet can be read on a screen and on paper. */
function widthOf({ title, width }: SheetColumn, rows: readonly (readonly SheetCell[])[], index: number, latin: number): number {
  // The head has room for the button of its filter.
  const longest = rows.slice(0, ROWS_TO_MEASURE).reduce((most, row) => Math.max(most, lengthOf(textOf(row[index]), latin)), lengthOf(title, latin) + FILTER_BUTTON);
  const isMoment = rows.slice(0, ROWS_TO_MEASURE).some((row) => typeof row[index] === 'object' && 'at' in row[index]);
  return Math.min(isMoment ? Math.max(width, MOMENT_WIDTH) : width, longest + 2);
}
const ROWS_TO_MEASURE = 2_000;
/** A moment that does not fit is shown as `###`. */
const MOMENT_WIDTH = 18;
/** Characters that can be read on the width of a landscape A4: 277 mm at 7.5 pt. */
const ON_A4 = 190;
/** As many of a landscape A3; no sheet is wider, so that a row is one row on paper too. */
const ON_A3 = 274;
/** Numbers of the paper in ECMA-376 (ST_PaperSize is an unsigned number of Windows' list). */
const A3 = 8;
const A4 = 9;
/** A column that wraps is not squeezed below this. */
const NARROWEST = 12;
function paperOf(widths: readonly number[]): number {
  return sumOf(widths) > ON_A4 ? A3 : A4;
}
function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
/** A sheet that is too wide for any paper takes it from its wrapping columns, from each as much as it is above the narrowest. */
function fitted(widths: readonly number[], isText: readonly boolean[]): readonly number[] {
  const excess = sumOf(widths) - ON_A3;
  if (excess <= 0) return widths;
  const spare = widths.map((width, index) => (isText[index] ? Math.max(0, width - NARROWEST) : 0));
  const part = Math.min(1, excess / Math.max(1, sumOf(spare)));
  return widths.map((width, index) => width - (spare[index] ?? 0) * part);
}
function textOf(cell: SheetCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') return 'at' in cell ? '2026-11-22 14:05' : cell.text;
  return String(cell);
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
const LINE_HEIGHT = 14.5;
/** Points above and below the text of a row together. */
const ROOM_AROUND = 5;
/** Excel's highest row, in points. */
const HIGHEST_ROW = 409;

interface Look {
  readonly widths: readonly number[];
  /** Width of a Latin letter. */
  readonly latin: number;
  readonly zoneMinutes: number;
  readonly font: Partial<exceljs.Font>;
}
function fill(row: exceljs.Row, cells: readonly SheetCell[], columns: readonly SheetColumn[], look: Look): void {
  const { zoneMinutes, font } = look;
  row.height = heightOf(cells.slice(0, columns.length), look);
  for (const index of columns.keys()) {
    const value = cells[index];
    const cell = row.getCell(index + 1);
    cell.border = LINE;
    if (value === undefined) continue;
    if (typeof value === 'number') cell.value = Number.isFinite(value) ? value : null;
    else if (typeof value === 'string') {
      cell.value = safeText(value);
      cell.alignment = TEXT_PLACE;
    } else if ('at' in value) {
      // Excel has no zones: the cell shows the report's own time.
      cell.value = new Date(value.at * 1_000 + zoneMinutes * 60_000);
      cell.numFmt = 'yyyy-mm-dd hh:mm';
    } else {
      cell.value = safeText(value.text);
      cell.alignment = TEXT_PLACE;
      cell.font = { ...font, bold: true, color: { argb: argb(value.tone) } };
    }
  }
}

/** A text that no spreadsheet program runs, also after a way through CSV. */
export function safeText(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return short.length > 1 && /^[=+\-@\t\r]/.test(short) ? `'${short}` : short;
}
function argb(name: keyof typeof LIGHT): string {
  return `FF${LIGHT[name].slice(1)}`;
}
