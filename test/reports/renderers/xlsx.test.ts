import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { readArchive } from '../../../reports/archive.ts';
import { KINDS } from '../../../reports/kinds/index.ts';
import { titleOfReport } from '../../../reports/readiness.ts';
import { PERIOD } from '../fixtures/period.ts';
import { kindOf, rendered } from '../fixtures/rendered.ts';

const bytesOf = async (id: string, locale: Locale): Promise<Buffer> => Buffer.from((await rendered('xlsx', id, PERIOD, locale)).bytes);
async function bookOf(id: string, locale: Locale): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  await book.xlsx.load((await bytesOf(id, locale)) as never);
  return book;
}
/** The cells of a column below its head. */
function columnOf(book: exceljs.Workbook, sheet: string, title: string): readonly exceljs.Cell[] {
  const page = book.getWorksheet(sheet);
  const heads = (page?.getRow(1).values ?? []) as unknown[];
  const column = heads.indexOf(title);
  expect(column, `${sheet}: ${title} of ${JSON.stringify(heads)}`).toBeGreaterThan(0);
  return Array.from({ length: (page?.rowCount ?? 1) - 1 }, (_, index) => page?.getRow(index + 2).getCell(column)).filter((cell) => cell !== undefined);
}
const filled = (cells: readonly exceljs.Cell[]): readonly exceljs.Cell[] => cells.filter(({ value }) => value !== null);

describe('the first sheet of a workbook', () => {
  it.each(KINDS.map(({ id }) => id))('says what it is, whose, and in which zone its times are, and leads to every other sheet (%s)', async (id) => {
    const kind = kindOf(id);
    const book = await bookOf(id, 'zh');
    const [first, ...rest] = book.worksheets;
    expect(first?.name).toBe('说明');
    expect(first?.getCell('A1').value).toBe(titleOfReport(kind, PERIOD).zh);
    expect(first?.autoFilter).toBeFalsy();
    const texts = (first?.getSheetValues() ?? []).flatMap((row) => (Array.isArray(row) ? row.map(String) : []));
    expect(texts).toContain('华东银行股份有限公司');
    expect(texts.some((text) => text.includes('UTC+8；'))).toBe(true);
    const xml =
      readArchive(await bytesOf(id, 'zh'), { entries: 1_000, bytes: 100_000_000 })
        .get('xl/worksheets/sheet1.xml')
        ?.toString('utf8') ?? '';
    expect([...xml.matchAll(/<hyperlink ref="A\d+" location="'([^']+)'!A1"\/>/g)].map(([, sheet]) => sheet)).toEqual(rest.map(({ name }) => name));
  });
});

describe('the cells of a workbook', () => {
  it("hold days as days, by the report's own clock, and moments with their time", async () => {
    const book = await bookOf('s360', 'zh');
    for (const cell of filled(columnOf(book, '到期日历', '到期日'))) {
      expect(cell.numFmt).toBe('yyyy-mm-dd');
      expect((cell.value as Date).toISOString()).toMatch(/T00:00:00/);
    }
    expect(filled(columnOf(book, '事件清单', '发生时间'))[0]?.numFmt).toBe('yyyy-mm-dd hh:mm');
    const due = filled(columnOf(await bookOf('monthly', 'en'), 'Risks', 'Proposed'));
    expect(due.filter(({ value }) => value instanceof Date).length).toBeGreaterThan(3);
  });
  it('can be calculated with where they have a unit: shares, sizes, durations', async () => {
    const book = await bookOf('monthly', 'en');
    for (const [sheet, title, format] of [
      ['Forecast', 'Now', /"/],
      ['Forecast', 'Per day', /^\+.*;-/],
      ['Backups', 'Size', / GiB"$/],
      ['Incidents', 'First response', /^\[h\]:mm:ss$/],
    ] as const) {
      const cells = filled(columnOf(book, sheet, title));
      expect(cells.length, title).toBeGreaterThan(0);
      for (const cell of cells) {
        // What reads the file takes a duration for a time of day; in it stands a number.
        expect(typeof cell.value === 'number' || cell.value instanceof Date, `${title}: ${cell.text}`).toBe(true);
        expect(cell.numFmt, title).toMatch(format);
      }
    }
  });
  it('show no raw bytes and no seconds since 1970', async () => {
    const book = await bookOf('s360', 'en');
    const units = filled(columnOf(book, 'Findings', 'Unit')).map(({ value }) => value);
    expect(units.length).toBeGreaterThan(3);
    for (const unit of units) expect(['bytes', 'Unix seconds']).not.toContain(unit);
    for (const cell of filled(columnOf(book, 'Findings', 'Observed'))) if (typeof cell.value === 'number') expect(Math.abs(cell.value)).toBeLessThan(1e9);
  });
  it('set commands apart as the other formats do, without the marks of their source', async () => {
    const cells = filled(columnOf(await bookOf('s360', 'zh'), '问题清单', '处置建议'));
    expect(cells.map(({ text }) => text).join('')).not.toContain('`');
    expect(cells.some(({ value }) => typeof value === 'object' && value !== null && 'richText' in value && value.richText.some(({ font }) => font?.name === 'Consolas'))).toBe(
      true,
    );
  });
  it('stand under heads that are aligned with them', async () => {
    const book = await bookOf('s360', 'en');
    const head = (title: string): exceljs.Cell | undefined =>
      book
        .getWorksheet('Areas')
        ?.getRow(1)
        .getCell(((book.getWorksheet('Areas')?.getRow(1).values ?? []) as unknown[]).indexOf(title));
    expect(head('Score')?.alignment.horizontal).toBe('right');
    expect(head('Area')?.alignment.horizontal).toBe('left');
  });
});
