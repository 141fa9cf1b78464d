import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import { readArchive } from '../../../reports/archive.ts';
import { writeDocument } from '../../../reports/document.ts';
import { findKind, KINDS } from '../../../reports/kinds/index.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { FORMATS, type Format, fileName, render } from '../../../reports/renderers/index.ts';
import { hostile } from '../fixtures/hostile.ts';
import { EMPTY, HOST_ONLY } from '../fixtures/models.ts';
import { PERIOD } from '../fixtures/period.ts';
import { kindOf, rendered } from '../fixtures/rendered.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunjian-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bytes = async (format: Format, id: string, model: ReportModel = PERIOD, locale: 'zh' | 'en' = 'zh'): Promise<Buffer> =>
  Buffer.from((await rendered(format, id, model, locale)).bytes);
const has = (program: string): boolean => ['/usr/bin', '/usr/local/bin'].some((path) => existsSync(join(path, program)));
function run(program: string, args: readonly string[]): string {
  return execFileSync(program, [...args], { encoding: 'utf8', timeout: 120_000, stdio: ['ignore', 'pipe', 'ignore'] });
}
function saved(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe.each(KINDS.map(({ id }) => id))('%s', (id) => {
  it.each(FORMATS)('is written as %s in both languages', async (format) => {
    for (const locale of LOCALES) {
      const report = await rendered(format, id, PERIOD, locale);
      expect(report.bytes.length).toBeGreaterThan(1_000);
      expect(report.extension).toBe(format);
      expect(report.mediaType).toMatch(/^[a-z]+\/[a-z.+-]+/);
    }
  });
});

describe('a chapter without data', () => {
  it('says so once: an incident report does not repeat in every chapter that nothing is known', () => {
    const { chapters } = writeDocument(kindOf('fault'), HOST_ONLY, 'en');
    const said = chapters.flatMap(({ blocks }) => blocks).filter((block) => block.type === 'callout');
    expect(said.map(({ title }) => title)).toEqual(['Draft']);
    expect(chapters.map(({ id }) => id)).toEqual(['fault-overview', 'sign-off', 'method']);
  });
});
describe('a column', () => {
  it('in which nothing stands is left out where it may be, and stays where it is to be filled in', () => {
    const unknown = PERIOD.coverage.unknown.map((verdict) => ({ ...verdict, missing: undefined }));
    const headsOf = (model: ReportModel): readonly string[] =>
      writeDocument(kindOf('s360'), model, 'en')
        .chapters.flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block.type === 'table' && block.rows.length > 0 ? block.columns.map(({ title }) => title) : []));
    expect(unknown.length).toBeGreaterThan(0);
    expect(headsOf(PERIOD)).toContain('Missing data');
    expect(headsOf({ ...PERIOD, coverage: { ...PERIOD.coverage, unknown } })).not.toContain('Missing data');
    expect(headsOf(PERIOD)).toContain('Owner');
  });
});

describe('the same model', () => {
  it.each(FORMATS)('gives the same bytes twice (%s)', async (format) => {
    const [first, second] = [await bytes(format, 's360'), Buffer.from((await render(format, kindOf('s360'), PERIOD, 'zh')).bytes)];
    expect(first.equals(second)).toBe(true);
  });
  it('comes back from JSON as it was', async () => expect(JSON.parse((await bytes('json', 's360')).toString())).toEqual(JSON.parse(JSON.stringify(PERIOD))));
});

describe.skipIf(!has('pdftotext'))('a PDF', () => {
  it.each(LOCALES)('has embedded fonts only, all of them the report font, and its text can be taken out (%s)', async (locale) => {
    const path = saved(`s360.${locale}.pdf`, await bytes('pdf', 's360', PERIOD, locale));
    const fonts = run('pdffonts', [path])
      .split('\n')
      .slice(2)
      .filter((line) => line !== '');
    expect(fonts.length).toBeGreaterThan(0);
    for (const line of fonts) expect(line).toMatch(/^[A-Z]{6}\+NotoSansSC-(Regular|Bold)\s.*\syes yes yes\s/);
    const text = run('pdftotext', [path, '-']);
    expect(text).not.toContain('\u200b'); // a name that is copied can be pasted into a command
    expect(text).toContain(locale === 'zh' ? '功能需求及问题处理' : 'Feature requests and problems');
    expect(text).toContain('华东银行股份有限公司');
    expect(text).not.toMatch(/\uFFFD|\u25A1/);
  });
  it('is tagged, has bookmarks and numbers its pages', async () => {
    const path = saved('tags.pdf', await bytes('pdf', 's360'));
    const info = run('pdfinfo', [path]);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toMatch(/Page size:.*A4/);
    expect(info).toMatch(/Title:\s+主动巡检报告/);
    expect(run('pdfinfo', ['-struct', path])).toMatch(/Table|H1/);
    expect(run('pdftotext', [path, '-'])).toMatch(/\b3 \/ \d\d\b/);
    const raw = (await bytes('pdf', 's360')).toString('latin1');
    expect(raw).toMatch(/\/Outlines/);
  });
  it.each(['s360', 'risk', 'monthly', 'problems', 'changes'])('leads to the right pages from its contents, and does not end on a page with a few lines (%s)', async (id) => {
    const pages = run('pdftotext', ['-layout', saved(`${id}.pdf`, await bytes('pdf', id, PERIOD, 'en')), '-']).split('\f');
    const entries = pages.slice(0, 2).flatMap((page) => [...page.matchAll(/^ *(\S.*?)(?: \.){4,}\D*(\d+)$/gm)]);
    expect(entries.length).toBeGreaterThan(3);
    for (const [, title = '', page] of entries)
      expect(pages[Number(page) - 1]?.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '))).toContain(title.replaceAll(/\s+/g, ' '));
    const lines = pages.slice(2, -1).map((page) => page.split('\n').filter((line) => line.trim() !== '').length);
    expect(Math.min(...lines)).toBeGreaterThan(14);
  });
});

/** Every part of an OOXML file is well-formed XML, every relation inside leads somewhere, every part has a type. */
function expectWholePackage(file: Buffer): ReadonlyMap<string, string> {
  const parts = new Map([...readArchive(file, { entries: 1_000, bytes: 200_000_000 })].map(([name, content]) => [name, content.toString('utf8')]));
  const types = parts.get('[Content_Types].xml') ?? '';
  for (const [name, xml] of parts) {
    const extension = name.split('.').at(-1) ?? '';
    if (name !== '[Content_Types].xml') expect(types.includes(`PartName="/${name}"`) || new RegExp(`Extension="${extension}"`, 'i').test(types), name).toBe(true);
    if (!/\.(xml|rels)$/.test(name)) continue;
    expectBalanced(xml, name);
    if (name.endsWith('.rels')) expectTargets(name, xml, parts);
  }
  return parts;
}
function expectTargets(name: string, xml: string, parts: ReadonlyMap<string, string>): void {
  expect(xml, name).not.toContain('TargetMode="External"');
  const base = name.replace(/_rels\/[^/]+$/, '');
  for (const [, target = ''] of xml.matchAll(/\bTarget="([^"]*)"/g)) {
    const path = target.startsWith('/') ? target.slice(1) : new URL(target, `file:///${base}`).pathname.slice(1);
    expect(parts.has(path), `${name} → ${target}`).toBe(true);
  }
}
function expectBalanced(xml: string, name: string): void {
  expect(xml, name).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  expect(xml, name).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;|#x[0-9a-fA-F]+;)/);
  const open: string[] = [];
  for (const [, close, tag = '', empty] of xml.replace(/<\?[\s\S]*?\?>/g, '').matchAll(/<(\/?)([\w:.-]+)(?:"[^"]*"|'[^']*'|[^>"'])*?(\/?)>/g)) {
    if (empty) continue;
    if (close) expect(open.pop(), name).toBe(tag);
    else open.push(tag);
  }
  expect(open, name).toEqual([]);
}

describe('a Word document', () => {
  it.each(['s360', 'monthly', 'expert', 'fault'])('is a whole package that asks nothing when it is opened (%s)', async (id) => {
    const parts = expectWholePackage(await bytes('docx', id));
    const settings = parts.get('word/settings.xml') ?? '';
    expect(settings).not.toContain('updateFields');
    const document = parts.get('word/document.xml') ?? '';
    expect(document).not.toMatch(/w:dirty="(true|1)"/);
    expect(document).toMatch(/w:pStyle w:val="Heading1"/);
    expect(document).toContain('w:tblHeader');
    const ids = [...document.matchAll(/<w:bookmarkStart[^>]*w:id="([^"]+)"/g)].map(([, mark]) => mark);
    expect(new Set(ids).size).toBe(ids.length);
    const pictures = [...document.matchAll(/<wp:docPr[^>]* id="([^"]+)"/g)].map(([, mark]) => mark);
    expect(new Set(pictures).size).toBe(pictures.length);
  });
});

describe('a workbook', () => {
  it('has typed cells, frozen heads and filters', async () => {
    const file = await bytes('xlsx', 'monthly');
    expectWholePackage(file);
    const book = new exceljs.Workbook();
    await book.xlsx.load(file as never);
    const sheet = book.getWorksheet('事件清单');
    expect(sheet?.autoFilter).toBeTruthy();
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    const heads = (sheet?.getRow(1).values ?? []) as unknown[];
    expect(sheet?.getRow(2).getCell(heads.indexOf('发生时间')).value).toBeInstanceOf(Date);
    const met = book.getWorksheet('SLA 达成');
    expect(typeof met?.getRow(2).getCell(4).value).toBe('number');
  });
  it.each(LOCALES)('prints every row in one piece, large enough to be read, on A4 where that is wide enough (%s)', async (locale) => {
    const papers = new Set<number>();
    for (const id of ['s360', 'tongtech', 'monthly', 'os-support']) {
      const book = new exceljs.Workbook();
      await book.xlsx.load((await bytes('xlsx', id, PERIOD, locale)) as never);
      for (const { name, pageSetup, columns } of book.worksheets.slice(1)) {
        // Excel counts a column in figures of its usual font: 7 of 96 dots an inch. Both papers lose 20 mm to their margins.
        const width = (columns.reduce((sum, column) => sum + (column.width ?? 0), 0) * 7 * 25.4) / 96;
        const { paperSize, orientation = '' } = pageSetup;
        const paper =
          new Map([
            ['8 landscape', 400],
            ['8 portrait', 277],
            ['9 landscape', 277],
          ]).get(`${paperSize} ${orientation}`) ?? 0;
        expect(pageSetup, name).toMatchObject({ fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' });
        expect(Math.min(1, paper / width), name).toBeGreaterThan(0.8); // 10 pt become 8, and 7 where a program counts in wider figures
        if (277 / width > 0.84 && orientation === 'landscape') expect(paperSize, name).toBe(9);
        papers.add(Number(pageSetup.paperSize));
      }
    }
    expect(papers).toEqual(new Set([8, 9]));
  });
  it.skipIf(!has('soffice'))('is printed in a few dozen pages, each sheet one page wide', { timeout: 180_000 }, async () => {
    const workbook = saved('printed.xlsx', await bytes('xlsx', 'os-support', PERIOD, 'en'));
    run('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, workbook]);
    const text = run('pdftotext', ['-layout', join(folder, 'printed.pdf'), '-']);
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    // Every page has the head of its sheet's first and of its last column.
    const book = new exceljs.Workbook();
    await book.xlsx.load(readFileSync(workbook) as never);
    const checks = book.getWorksheet('Checks');
    const heads = ((checks?.getRow(1).values ?? []) as string[]).slice(1);
    const own = pages.filter((page) => page.includes('report · Checks'));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan((checks?.rowCount ?? 0) / 25);
    for (const page of own) for (const head of [heads[0], heads.at(-1)]) expect(page).toContain(head);
    // Letters of 7 pt or more on every page: a line of Arial is 1.117 times as high.
    for (const page of run('pdftotext', ['-bbox', join(folder, 'printed.pdf'), '-'])
      .split('<page ')
      .slice(1)) {
      const heights = [...page.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">[\w-]+</g)].map(([, top, bottom]) => Number(bottom) - Number(top));
      const usual = heights.toSorted((one, other) => one - other)[Math.floor(heights.length / 4)] ?? 10;
      expect(usual / 1.117, page.slice(0, 60)).toBeGreaterThanOrEqual(7);
    }
  });
});

const EVIL = hostile();
describe('hostile names', () => {
  it('leave the program itself alone', async () => {
    for (const id of ['s360', 'monthly']) for (const format of FORMATS) await bytes(format, id, EVIL);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('prev');
  });
  it.each(['s360', 'tongtech', 'monthly', 'fault', 'os-support', 'expert'])('break no format of %s', async (id) => {
    for (const locale of LOCALES) {
      const html = (await bytes('html', id, EVIL, locale)).toString();
      expect(html).not.toMatch(/<script|\u202E|\u0000|\u0007/);
      expectWholePackage(await bytes('docx', id, EVIL, locale));
      const workbook = await bytes('xlsx', id, EVIL, locale);
      const parts = expectWholePackage(workbook);
      for (const [name, xml] of parts)
        if (name.startsWith('xl/worksheets/')) expect(xml, name).not.toMatch(/<f[ >]|hyperlink (?!ref="A\d+" location="'[\p{L} ]+'!A1"\/>)|<v>[^\d-]/u);
      expect((await bytes('pdf', id, EVIL, locale)).subarray(0, 5).toString()).toBe('%PDF-');
      expect((await bytes('json', id, EVIL, locale)).toString()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u200B-\u200F\u202A-\u202E\u2066-\u2069]/);
    }
  });
  it('stay text in a spreadsheet, also when it is saved as CSV', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.load((await bytes('xlsx', 'monthly', EVIL)) as never);
    book.eachSheet((sheet) =>
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          if (typeof cell.value === 'string' && cell.value.length > 1) expect(cell.value).not.toMatch(/^[=+\-@\t\r]/);
          expect(typeof cell.value === 'object' && cell.value !== null && 'formula' in cell.value).toBe(false);
        }),
      ),
    );
  });
  it.skipIf(!has('pdftotext'))('print as what they are, in the report font alone', async () => {
    const path = saved('evil.pdf', await bytes('pdf', 'monthly', EVIL));
    expect(run('pdftotext', [path, '-'])).toContain('#panic("x")');
    for (const line of run('pdffonts', [path])
      .split('\n')
      .slice(2)
      .filter((row) => row !== ''))
      expect(line).toContain('NotoSansSC');
  });
  it('make file names that are one harmless word', () => {
    for (const customer of ['../../etc/passwd', 'CON', '-rf', 'a/b\\c:d', '\u202Egpj', 'x'.repeat(10_000), '...', 'a\u0000b', '']) {
      const name = fileName(kindOf('s360'), { ...PERIOD, subject: { ...PERIOD.subject, customer } }, 'zh');
      expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._]*-[\p{L}\p{N}._]+-\d{8}_\d{8}$/u);
      expect(Buffer.byteLength(name)).toBeLessThan(240);
    }
    expect(fileName(kindOf('s360'), PERIOD, 'zh')).toBe('华东银行股份有限公司-主动巡检报告-20260523_20261122');
  });
});

describe('little data', () => {
  it.each(['s360', 'tongtech', 'monthly', 'fault', 'cost', 'expert'])('is enough for every format of %s', async (id) => {
    for (const model of [EMPTY, HOST_ONLY]) for (const format of FORMATS) expect((await bytes(format, id, model, 'en')).length).toBeGreaterThan(500);
  });
});

/** LibreOffice opens the file, understands it and writes it as PDF: what a customer without Word does. */
describe.skipIf(!has('soffice') || !has('pdftotext'))('LibreOffice', () => {
  it('opens Word documents and workbooks with all they say', { timeout: 180_000 }, async () => {
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const document = saved('monthly.docx', await bytes('docx', 'monthly'));
    const workbook = saved('monthly.xlsx', await bytes('xlsx', 'monthly'));
    run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, document]);
    const text = run('pdftotext', [join(folder, 'monthly.pdf'), '-']);
    for (const words of ['运维服务方案', '费用分析', 'INC-2026-0142', '华东银行股份有限公司']) expect(text).toContain(words);
    run('soffice', [profile, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', '--outdir', folder, workbook]);
    expect(readFileSync(join(folder, 'monthly-事件清单.csv'), 'utf8')).toContain('INC-2026-0142');
  });
});

it('knows no format or kind beyond its lists', () => expect(findKind('nothing')).toBeUndefined());
