import { describe, expect, it } from 'vitest';
import { layOut } from '../../../reports/renderers/docx/layout.ts';
import { counted, numbered, type PageStart, paged } from '../../../reports/renderers/docx/pages.ts';
import { partsOf } from '../../../reports/renderers/docx/parts.ts';

/** A page of 720 points holds 48 lines of 15. */
const STYLES =
  '<w:styles><w:docDefaults><w:rPr><w:sz w:val="20"/></w:rPr><w:pPr><w:spacing w:before="0" w:after="0" w:line="300" w:lineRule="exact"/></w:pPr></w:docDefaults>' +
  ['Heading1', 'Heading2'].map((id) => `<w:style w:type="paragraph" w:styleId="${id}"><w:pPr><w:keepNext/></w:pPr></w:style>`).join('') +
  '<w:style w:type="paragraph" w:styleId="Appendix"><w:pPr><w:spacing w:after="40" w:line="260"/></w:pPr></w:style>' +
  '</w:styles>';
const BEGINS = '<w:pageBreakBefore/><w:spacing w:before="0"/>';
const FIELD = '<w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText><w:fldChar w:fldCharType="separate"/><w:t/><w:fldChar w:fldCharType="end"/></w:r>';
interface Piece {
  readonly text: string;
  readonly isChapter?: boolean;
  readonly isBreak?: boolean;
  readonly begins?: boolean;
  readonly lookedUp?: boolean;
  readonly lines: number;
}
function line(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}
function row(text: string, properties = '', inParagraph = ''): string {
  return `<w:tr><w:trPr><w:cantSplit/>${properties}</w:trPr><w:tc><w:tcPr></w:tcPr>${line(text, inParagraph)}</w:tc></w:tr>`;
}
function table(width: number, rows: readonly string[]): string {
  return `<w:tbl><w:tblGrid><w:gridCol w:w="${width}"/></w:tblGrid>${rows.join('')}</w:tbl>`;
}
/** Headings with so many lines below each. */
function documentOf(pieces: readonly Piece[]): { readonly xml: string; readonly starts: readonly PageStart[] } {
  const starts = pieces.map(
    ({ isChapter = false, isBreak = false, begins = false, lookedUp = false }): PageStart => ({
      kind: isBreak ? 'break' : isChapter ? 'chapter' : 'section',
      begins,
      lookedUp,
    }),
  );
  const written = pieces.map(
    ({ text, isChapter, isBreak, begins, lookedUp, lines }) =>
      line(text, `<w:pStyle w:val="${isBreak ? 'PageStart' : isChapter ? 'Heading1' : 'Heading2'}"/>${begins ? BEGINS : ''}`) +
      Array.from({ length: lines }, () => line('A line.', lookedUp ? '<w:pStyle w:val="Appendix"/>' : '')).join(''),
  );
  // The fields of the contents, which are empty so far.
  return { xml: written.join('').replace('</w:p>', `${pieces.map(() => FIELD).join('')}</w:p>`), starts };
}
/** Pages of the headings as the contents say them, and which of them begin a page in the end. */
function made(pieces: readonly Piece[]): { readonly pages: readonly number[]; readonly begun: readonly string[]; readonly pageCount: number; readonly isCloser: boolean } {
  const { xml, starts } = documentOf(pieces);
  const { document, styles, pageCount } = paged(xml, STYLES, starts);
  const begun = [...document.matchAll(/<w:pageBreakBefore\/>.*?<w:t xml:space="preserve">([^<]*)</g)].map(([, text = '']) => text);
  return { pages: [...document.matchAll(/<w:t xml:space="preserve">(\d+)</g)].map(([, page]) => Number(page)), begun, pageCount, isCloser: styles !== STYLES };
}
const chapter = (text: string, lines: number, begins = true): Piece => ({ text, isChapter: true, begins, lines });

describe('the pages of a Word document', () => {
  it('are counted as they stand where nothing is to be mended', () => {
    const { pages, pageCount, begun } = made([chapter('One', 60), { text: 'Within', lines: 10 }, chapter('Two', 20)]);
    expect(pages).toEqual([1, 2, 3]);
    expect(pageCount).toBe(3);
    expect(begun).toEqual(['One', 'Two']);
  });
  it('hold no end of a chapter alone: the next one follows it there', () => {
    const { pages, pageCount, begun } = made([chapter('One', 52), chapter('Two', 20)]);
    expect(begun).toEqual(['One']);
    expect(pages).toEqual([1, 2]);
    expect(pageCount).toBe(2);
  });
  it('end with no heading on a hair: it begins the next one, and the contents say so', () => {
    const { pages, begun } = made([chapter('One', 43), { text: 'At the foot', lines: 20 }]);
    expect(begun).toEqual(['One', 'At the foot']);
    expect(pages).toEqual([1, 2]);
  });
  it('begin with a chapter that had no room on the page before, in every program: it says so itself', () => {
    // Kept together, the chapter has no room below the first one; the lines of another program might leave it that.
    const kept = documentOf([chapter('One', 20), chapter('Table', 30, false)]);
    const xml = kept.xml.replaceAll(/(?<=Table<.*)<w:p><w:pPr>/g, '<w:p><w:pPr><w:keepNext/>');
    expect(paged(xml, STYLES, kept.starts).document).toMatch(/<w:pageBreakBefore\/><w:spacing w:before="0"\/><\/w:pPr><w:r><w:t xml:space="preserve">Table</);
  });
  it('hold no half of a page before a place that is signed: what begins a page there follows', () => {
    const sign = (lines: number): readonly Piece[] => [chapter('One', lines), { text: '', isBreak: true, begins: true, lines: 8 }, { text: 'Sign-off', lines: 12 }];
    expect(made(sign(15))).toMatchObject({ pages: [1, 1], pageCount: 1 });
    expect(made(sign(30))).toMatchObject({ pages: [1, 2], pageCount: 2 });
  });
  it('are looked at again after something moved', () => {
    // The second chapter follows the first and ends high on the next page, where the third follows too.
    const { begun, pages } = made([chapter('One', 10), chapter('Two', 50), chapter('Three', 30), chapter('Four', 40)]);
    expect(begun).toEqual(['One', 'Four']);
    expect(pages).toEqual([1, 1, 2, 3]);
  });
  it('do not end with a few lines of an appendix, which stands on the last one in full', () => {
    const { pages, begun } = made([chapter('One', 30), { ...chapter('Appendix', 10, false), lookedUp: true }, { text: 'Privacy', lookedUp: true, lines: 9 }]);
    expect(begun).toEqual(['One', 'Appendix']);
    expect(pages).toEqual([1, 2, 2]);
  });
  it('are set closer where that takes in the lines that would stand alone on the last one', () => {
    const report = (lines: number): readonly Piece[] => [chapter('One', 40), { ...chapter('Appendix', lines), lookedUp: true }];
    expect(made(report(46))).toMatchObject({ pageCount: 2, isCloser: false });
    expect(made(report(50))).toMatchObject({ pageCount: 2, isCloser: true });
    expect(made(report(80))).toMatchObject({ pageCount: 3, isCloser: false });
  });
  it('end with the section before the last lines too, where nothing else takes them in', () => {
    const pieces: readonly Piece[] = [chapter('One', 40), chapter('Last', 28), { text: 'Method', lines: 20 }];
    expect(made(pieces)).toMatchObject({ pages: [1, 2, 3], begun: ['One', 'Last', 'Method'], pageCount: 3 });
  });
  it('are worked out for a report of any length, and a word of a hundred thousand letters', () => {
    const began = performance.now();
    const { pages } = made([...Array.from({ length: 200 }, (_, index) => chapter(`Chapter ${index}`, 320)), chapter('x'.repeat(100_000), 1)]);
    expect(pages.at(-2)).toBe(1 + 199 * 7);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('the layout of a Word document', () => {
  const pagesOf = (xml: string): number => layOut(partsOf(xml, STYLES)).used.length;
  const lines = (count: number): string => Array.from({ length: count }, () => line('A line.')).join('');
  const placesOf = (xml: string): readonly (readonly [number, number])[] => layOut(partsOf(xml, STYLES)).starts.map(({ page, y }) => [page, y]);

  it('wraps at blanks, at hyphens and between Chinese characters, never before a sign that closes, a full stop neither', () => {
    // 26 points hold two and a half Chinese characters of 10 points, or five small letters.
    const heights = (text: string): number => layOut(partsOf(table(520 + 230, [row(text)]), STYLES)).used[0] ?? 0;
    expect([heights('中文'), heights('中文字'), heights('中文）'), heights('中文。'), heights('aa aa aa'), heights('aaa-aaa'), heights('aaaaaaaaaa')]).toEqual([
      15, 30, 30, 30, 30, 30, 45,
    ]);
  });
  it('measures bold letters as wider ones', () => {
    const text = 'Wide letters of the head';
    const heights = (look: string): number =>
      layOut(partsOf(`<w:tbl><w:tblGrid><w:gridCol w:w="2450"/></w:tblGrid>${row(text).replace('<w:r>', `<w:r><w:rPr>${look}</w:rPr>`)}</w:tbl>`, STYLES)).used[0] ?? 0;
    expect([heights(''), heights('<w:b/>')]).toEqual([15, 30]);
  });
  it('counts the larger of the rooms below and above', () => {
    const xml = line('One', '<w:spacing w:after="200"/>') + line('Two', '<w:pStyle w:val="Heading2"/><w:spacing w:before="300"/>');
    expect(placesOf(xml)).toEqual([[1, 30]]);
  });
  it('keeps a heading with two lines of what it heads, and leaves no line alone', () => {
    const heading = line('Heading', '<w:pStyle w:val="Heading2"/>');
    const text = line('中'.repeat(200));
    expect(placesOf(lines(45) + heading + text)).toEqual([[1, 45 * 15]]);
    expect(placesOf(lines(46) + heading + text)).toEqual([[2, 0]]);
    expect(pagesOf(lines(44) + text)).toBe(2);
    expect(layOut(partsOf(lines(44) + text, STYLES)).used[1]).toBe(30);
  });
  it('repeats the head of a table on every page, and keeps rows that are kept', () => {
    const rows = Array.from({ length: 100 }, () => row('A row'));
    const xml = table(9_638, [row('Head', '<w:tblHeader/>', '<w:keepNext/>'), ...rows]);
    // 47 rows below the head on each page.
    expect(layOut(partsOf(xml, STYLES)).used).toEqual([720, 720, 15 + 6 * 15]);
    const kept = table(9_638, [row('Head', '<w:tblHeader/>', '<w:keepNext/>'), row('One', '', '<w:keepNext/>'), row('Two')]);
    expect(layOut(partsOf(lines(46) + kept, STYLES)).used).toEqual([46 * 15, 45]);
    expect(layOut(partsOf(lines(45) + kept, STYLES)).used).toEqual([720]);
  });
});

it('writes page numbers where the library left them blank', () => {
  const field = (id: number): string => `<w:instrText>PAGEREF _Toc${id} \\h</w:instrText><w:fldChar w:fldCharType="separate"/><w:t/><w:fldChar w:fldCharType="end"/>`;
  const texts = (xml: string): readonly (string | undefined)[] => [...xml.matchAll(/<w:t [^>]*>(\d+)</g)].map(([, number]) => number);
  expect(texts(numbered(field(1) + field(2) + field(3), [3, 12]))).toEqual(['3', '12']);
  const foot = '<w:instrText>NUMPAGES</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>';
  expect(counted(foot, 7)).toContain('<w:t>7</w:t></w:r>');
});
