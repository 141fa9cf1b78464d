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
  for (const sheet of kind.sheets) {
    const { columns, rows } = sheet.write(model, locale);
    if (rows.length === 0) continue;
    const widths = columns.map((column, index) => widthOf(column, rows, index));
    const page = book.addWorksheet(sheet.title[locale], {
      views: [{ state: 'frozen', ySplit: 1, xSplit: 0 }],
      pageSetup: {
        ...{ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0, printTitlesRow: '1:1', printTitlesColumn: 'A:A' },
        ...{ fitToWidth: pagesAcross(widths), margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.55, header: 0.3, footer: 0.3 } },
      },
      headerFooter: { oddFooter: '&L&8xunjian&R&8&P / &N' },
    });
    page.columns = columns.map(({ title, format }, index) => ({
      header: safeText(title),
      width: widths[index] ?? 10,
      style: { font: FONT, alignment: { vertical: 'top', wrapText: true }, ...(format !== undefined && { numFmt: format }) },
    }));
    styleHead(page.getRow(1));
    page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
    for (const row of rows.slice(0, MOST_ROWS)) fill(page.addRow([]), row, columns, widths, zoneMinutes);
  }
  // Written anew with the report's date: equal reports are equal files.
  return settledOffice(new Uint8Array(await book.xlsx.writeBuffer()), asOf, { 'xl/styles.xml': sortedFonts });
}

const FONT = { name: '微软雅黑', size: 10, color: { argb: argb('text') } } as const;

function styleHead(row: exceljs.Row): void {
  row.height = 24;
  row.eachCell((cell) => {
    cell.font = { ...FONT, bold: true, color: { argb: argb('page') } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: argb('accent') } };
    cell.alignment = { vertical: 'middle', wrapText: true };
  });
}

/** Characters of Latin width. A column takes no more than what stands in it, so that a sheet can be read on a screen and on paper. */
function widthOf({ title, width }: SheetColumn, rows: readonly (readonly SheetCell[])[], index: number): number {
  // The head has room for the button of its filter.
  const longest = rows.slice(0, ROWS_TO_MEASURE).reduce((most, row) => Math.max(most, lengthOf(textOf(row[index]))), lengthOf(title) + 3);
  return Math.min(width, longest + 2);
}
const ROWS_TO_MEASURE = 2_000;
/** Characters that can be read on the width of a landscape A4; a wider sheet takes more pages, each with the first column. */
const ON_A_PAGE = 190;
function pagesAcross(widths: readonly number[]): number {
  return Math.max(1, Math.ceil(widths.reduce((sum, width) => sum + width, 0) / ON_A_PAGE));
}
function textOf(cell: SheetCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') return 'at' in cell ? '2026-11-22 14:05' : cell.text;
  return String(cell);
}
function lengthOf(text: string): number {
  let length = 0;
  for (const character of text.slice(0, 2_000)) length += character > '\u2e7f' ? 2 : 1.05;
  return Math.ceil(length);
}
/** Points. Programs that do not measure wrapped texts themselves let them run over the next row. */
function heightOf(cells: readonly SheetCell[], widths: readonly number[]): number {
  const lines = cells.reduce<number>((most, cell, index) => Math.max(most, Math.ceil(lengthOf(textOf(cell)) / Math.max(1, (widths[index] ?? 10) - 1))), 1);
  return Math.min(HIGHEST_ROW, lines * LINE_HEIGHT + 2);
}
const LINE_HEIGHT = 14.5;
/** Excel's highest row, in points. */
const HIGHEST_ROW = 409;

function fill(row: exceljs.Row, cells: readonly SheetCell[], columns: readonly SheetColumn[], widths: readonly number[], zoneMinutes: number): void {
  row.height = heightOf(cells.slice(0, columns.length), widths);
  for (const [index, value] of cells.entries()) {
    if (value === undefined || index >= columns.length) continue;
    const cell = row.getCell(index + 1);
    if (typeof value === 'number') cell.value = Number.isFinite(value) ? value : null;
    else if (typeof value === 'string') cell.value = safeText(value);
    else if ('at' in value) {
      // Excel has no zones: the cell shows the report's own time.
      cell.value = new Date(value.at * 1_000 + zoneMinutes * 60_000);
      cell.numFmt = 'yyyy-mm-dd hh:mm';
    } else {
      cell.value = safeText(value.text);
      cell.font = { ...FONT, bold: true, color: { argb: argb(value.tone) } };
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
