import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { readArchive } from '../../../reports/archive.ts';
import type { Block } from '../../../reports/blocks.ts';
import type { ReportKind } from '../../../reports/kinds/kind.ts';
import { writeBlocks } from '../../../reports/renderers/docx/body.ts';
import { render } from '../../../reports/renderers/index.ts';
import { PERIOD } from '../fixtures/period.ts';
import { kindOf, rendered } from '../fixtures/rendered.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunjian-docx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const docx = async (id: string, locale: Locale): Promise<Buffer> => Buffer.from((await rendered('docx', id, PERIOD, locale)).bytes);
async function partsOf(id: string, locale: Locale): Promise<ReadonlyMap<string, string>> {
  return new Map([...readArchive(await docx(id, locale), { entries: 1_000, bytes: 200_000_000 })].map(([name, content]) => [name, content.toString('utf8')]));
}
const bodyOf = async (id: string, locale: Locale): Promise<string> => (await partsOf(id, locale)).get('word/document.xml') ?? '';
const textOf = (xml: string): string => [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('');
/** Paragraphs and tables of the body, in order. */
const topLevel = (xml: string): readonly string[] => xml.match(/<w:tbl>[\s\S]*?<\/w:tbl>|<w:p(?: [^>]*)?>[\s\S]*?<\/w:p>|<w:p\/>/g) ?? [];

describe('a Word document', () => {
  it('lets no sign hang over the end of a line, so that every program ends its lines alike', async () => {
    expect((await partsOf('s360', 'zh')).get('word/styles.xml')).toContain('<w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/>');
  });
  it('has nothing between the end of a chapter and the page break of the next that could fill a page of its own', async () => {
    for (const id of ['s360', 'tongtech', 'monthly']) {
      const blocks = topLevel(await bodyOf(id, 'zh'));
      for (const [index, block] of blocks.entries())
        if (block.includes('<w:pageBreakBefore/>')) {
          const before = blocks[index - 1] ?? '';
          expect(before.startsWith('<w:tbl>') || textOf(before) !== '' || !before.includes('w:spacing'), before.slice(0, 300)).toBe(true);
        }
    }
  });
  it('keeps what is signed on the page of the signatures, however long it is; other long words may end a page', () => {
    const long = { type: 'paragraph', text: 'Both parties confirm it. '.repeat(30) } as const;
    const parties = [{ title: 'Customer', lines: ['Name'], seal: 'Seal' }];
    const kept = (blocks: readonly Block[]): boolean =>
      JSON.stringify(writeBlocks(blocks, { locale: 'en', small: false, pictureOf: () => undefined, starts: () => undefined, count: { lists: 0 } })[0]).includes('w:keepNext');
    expect(kept([long, { type: 'paragraph', weight: 'note', text: 'SHA-256' }, { type: 'signOff', parties }])).toBe(true);
    expect(kept([long, { type: 'signOff', parties }])).toBe(true);
    expect(kept([long, { type: 'list', ordered: true, items: ['a'] }])).toBe(false);
  });
  it('never leaves one table beside another, which Word would read as one, nor ends with one', async () => {
    for (const id of ['s360', 'fault', 'demands', 'cost']) {
      const blocks = topLevel(await bodyOf(id, 'en'));
      for (const [index, block] of blocks.entries()) expect(block.startsWith('<w:tbl>') && (blocks[index + 1]?.startsWith('<w:tbl>') ?? true), block.slice(0, 200)).toBe(false);
    }
  });
  it.each([
    ['zh', ['表', '图']],
    ['en', ['Table', 'Figure']],
  ] as const)('numbers its captions with fields that already hold their numbers (%s)', async (locale, labels) => {
    const xml = await bodyOf('s360', locale);
    for (const label of labels) {
      const numbers = [
        ...xml.matchAll(new RegExp(`SEQ ${label}[^<]*</w:instrText><w:fldChar w:fldCharType="separate"/>(?:</w:r><w:r[^>]*>(?:<w:rPr>.*?</w:rPr>)?)?<w:t[^>]*>(\\d+)`, 'g')),
      ];
      expect(numbers.length).toBeGreaterThan(3);
      expect(numbers.map(([, number]) => Number(number))).toEqual(numbers.map((_, index) => index + 1));
    }
  });
  it('says in which language it is, and underlines no name of a machine as a mistake', async () => {
    const parts = await partsOf('s360', 'zh');
    expect(parts.get('word/styles.xml')).toMatch(/<w:docDefaults>.*<w:lang [^>]*w:eastAsia="zh-CN"/);
    expect(parts.get('word/settings.xml')).toContain('<w:hideSpellingErrors/><w:hideGrammaticalErrors/><w:defaultTabStop');
  });
  it('keeps names whole where they fit: what is searched for is found, what is copied is the name', async () => {
    const text = textOf(await bodyOf('s360', 'en'));
    expect(text).toContain('worker-1:/var/lib/containerd');
    expect(text).toContain('disk-space-low');
  });
  it('keeps figures and their units on one line, quotes of Chinese text Chinese, and the two rows of key figures together', async () => {
    const zh = await bodyOf('monthly', 'zh');
    expect(textOf(zh)).not.toMatch(/\d %/);
    expect(zh).toMatch(/<w:rFonts [^>]*w:hint="eastAsia"[^>]*\/>(?:(?!<w:t[ >]).)*<w:t[^>]*>[^<]*“/);
    const figures = topLevel(zh).find((block) => block.startsWith('<w:tbl>') && block.includes('w:val="Small"')) ?? '';
    const [first = '', ...rest] = figures.match(/<w:tr>.*?<\/w:tr>|<w:tr .*?<\/w:tr>/g) ?? [];
    expect(rest.length).toBeGreaterThan(0);
    expect(first.match(/<w:p>|<w:p /g)?.length).toBe(first.match(/<w:keepNext\/>/g)?.length);
  });
  it('begins and ends no page with a single row of a long table', async () => {
    const long = topLevel(await bodyOf('s360', 'en')).filter((block) => block.startsWith('<w:tbl>') && (block.match(/<w:tr[ >]/g)?.length ?? 0) > 12);
    expect(long.length).toBeGreaterThan(0);
    for (const table of long) {
      const rows = table.match(/<w:tr[ >][\s\S]*?<\/w:tr>/g) ?? [];
      expect(rows.map((row) => row.includes('<w:keepNext/>'))).toEqual(rows.map((_, at) => at < 2 || at === rows.length - 2));
    }
  });
  it('of a single chapter has no contents, which stands below the revisions', async () => {
    const one: ReportKind = { ...kindOf('fault'), id: 'one', front: [], body: kindOf('fault').body.slice(0, 1), back: [] };
    const bytes = (await render('docx', one, PERIOD, 'en')).bytes;
    const xml = readArchive(bytes, { entries: 1_000, bytes: 200_000_000 }).get('word/document.xml')?.toString('utf8') ?? '';
    expect(xml).not.toContain('TOC \\h');
    expect(xml.match(/<w:pageBreakBefore\/>/g)).toHaveLength(1);
  });
  it('counts every list anew, as lists of Word', async () => {
    const xml = await bodyOf('s360', 'zh');
    expect(xml).toMatch(/<w:numId w:val="\d+"\/>/);
    expect(textOf(xml)).not.toContain('•');
  });
});

const has = (program: string): boolean => existsSync(join('/usr/bin', program));
/** Lines have fixed heights, so that a page ends at the same place whatever font shows the Chinese: where the contents say. */
describe.skipIf(!has('soffice') || !has('pdftotext'))('the contents of a Word document', () => {
  const run = (program: string, args: readonly string[]): string => execFileSync(program, [...args], { encoding: 'utf8', timeout: 120_000, stdio: ['ignore', 'pipe', 'ignore'] });
  it('name the pages on which LibreOffice has the chapters, in both languages, and no page is nearly empty', { timeout: 240_000 }, async () => {
    const cases = (['zh', 'en'] as const).flatMap((locale) => ['s360', 'monthly', 'tongtech', 'risk'].map((id) => ({ id, locale, path: join(folder, `${id}.${locale}.docx`) })));
    for (const { id, locale, path } of cases) writeFileSync(path, await docx(id, locale));
    run('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...cases.map(({ path }) => path)]);
    for (const { id, locale, path } of cases) {
      const pages = run('pdftotext', ['-layout', path.replace(/docx$/, 'pdf'), '-'])
        .split('\f')
        .slice(0, -1)
        .map((page) => page.split('\n').map((line) => line.trim()));
      const entries = (pages[1] ?? []).flatMap((line) => {
        const [, title = '', page = ''] = /^(\d.*?|附录|Appendix)\.{3,}\s*(\d*)$/.exec(line) ?? [];
        return title === '' ? [] : [{ title, page: Number(page) }];
      });
      expect(entries.length, `${id} ${locale}`).toBeGreaterThan(3);
      // A line that wraps by a hair may do so in one program alone: one entry of a document, by one page.
      const off = entries.filter(({ title, page }) => !pages[page - 1]?.includes(title));
      expect(off.length, `${id} ${locale}: ${JSON.stringify(off)}`).toBeLessThanOrEqual(1);
      for (const { title, page } of off) expect([...(pages[page - 2] ?? []), ...(pages[page] ?? [])]).toContain(title);
      for (const [index, page] of pages.entries()) expect(page.filter((line) => line !== '').length, `${id} ${locale} page ${index + 1}`).toBeGreaterThan(3);
    }
  });
});
