import { Document, type FileChild, HeadingLevel, Paragraph, TextRun } from 'docx';
import { describe, expect, it } from 'vitest';
import { paragraph } from '../../../reports/blocks.ts';
import type { ReportDocument } from '../../../reports/document.ts';
import { counted, type Heading, numbered, type Paged, type PagePlan, paged } from '../../../reports/renderers/docx/pages.ts';

/** A page of 960 pixels holds 48 lines of 20. */
const LINE = { spacing: { before: 0, after: 0, line: 300, lineRule: 'exact' } } as const;
const FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: '微软雅黑' } as const;
interface Part {
  readonly text: string;
  readonly isChapter?: boolean;
  readonly begins?: boolean;
  readonly lookedUp?: boolean;
  readonly lines: number;
}
interface Made extends Paged {
  readonly begun: readonly string[];
}
/** Headings with so many lines below each; says which of them begin a page in the end. */
async function made(parts: readonly Part[], text = 'short'): Promise<Made> {
  let begun: readonly string[] = [];
  const build = (plan: PagePlan): { document: Document; headings: readonly Heading[] } => {
    const headings = parts.map(({ text: title, isChapter = false, begins = false, lookedUp = false }, index) => ({
      text: title,
      isChapter,
      lookedUp,
      begins: plan.get(index) ?? begins,
    }));
    begun = headings.filter(({ begins }) => begins).map(({ text: title }) => title);
    const children = parts.flatMap(({ text: title, isChapter, lines }, index): FileChild[] => [
      new Paragraph({
        ...LINE,
        heading: isChapter ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
        pageBreakBefore: headings[index]?.begins ?? false,
        children: [new TextRun({ text: title, font: FONT, size: 20 })],
      }),
      ...Array.from({ length: lines }, () => new Paragraph({ ...LINE, children: [new TextRun({ text: 'A line.', font: FONT, size: 20 })] })),
    ]);
    const page = { size: { width: 11_906, height: 16_838 }, margin: { top: 1_304, bottom: 1_134, left: 1_134, right: 1_134, header: 567, footer: 567 } };
    return { document: new Document({ sections: [{ properties: { page }, children }] }), headings };
  };
  const report = { chapters: [{ id: 'one', title: 'One', runsOn: false, lookedUp: false, blocks: [paragraph(text)] }] } as unknown as ReportDocument; // what the budget reads
  return { ...(await paged(report, build)), begun };
}
const chapter = (text: string, lines: number, begins = true): Part => ({ text, isChapter: true, begins, lines });

describe('the pages of a Word document', () => {
  it('are counted as they stand where nothing is to be mended', async () => {
    const { pages, pageCount, begun } = await made([chapter('One', 60), { text: 'Within', lines: 10 }, chapter('Two', 20)]);
    expect(pages).toEqual([1, 2, 3]);
    expect(pageCount).toBe(3);
    expect(begun).toEqual(['One', 'Two']);
  });
  it('hold no end of a chapter alone: the next one follows it there', async () => {
    const { pages, pageCount, begun } = await made([chapter('One', 52), chapter('Two', 20)]);
    expect(begun).toEqual(['One']);
    expect(pages).toEqual([1, 2]);
    expect(pageCount).toBe(2);
  });
  it('end with no heading on a hair: it begins the next one, and the contents say so', async () => {
    const { pages, begun } = await made([chapter('One', 43), { text: 'At the foot', lines: 20 }]);
    expect(begun).toEqual(['One', 'At the foot']);
    expect(pages).toEqual([1, 2]);
  });
  it('do not end with a few lines of an appendix, which stands on the last one in full', async () => {
    const { pages, begun } = await made([chapter('One', 30), { ...chapter('Appendix', 10, false), lookedUp: true }, { text: 'Privacy', lookedUp: true, lines: 9 }]);
    expect(begun).toEqual(['One', 'Appendix']);
    expect(pages).toEqual([1, 2, 2]);
  });
  it('are not worked out for a report that would take too long, such as one with a word of a thousand letters', async () => {
    expect((await made([chapter('One', 5)], 'x'.repeat(1_000))).pages).toEqual([]);
    expect((await made([chapter('One', 5)], '中'.repeat(1_000))).pages).toEqual([1]);
    expect((await made([chapter('One', 5)], 'word '.repeat(10_000))).pages).toEqual([]);
  });
});

it('writes page numbers where the library left them blank, and no number where none is known', () => {
  const field = (id: number): string => `<w:instrText>PAGEREF _Toc${id} \\h</w:instrText><w:fldChar w:fldCharType="separate"/><w:t/><w:fldChar w:fldCharType="end"/>`;
  const texts = (xml: string): readonly (string | undefined)[] => [...xml.matchAll(/<w:t [^>]*>(\d+)</g)].map(([, number]) => number);
  expect(texts(numbered(field(1) + field(2) + field(3), [3, undefined, 12]))).toEqual(['3', '12']);
  const foot = '<w:instrText>NUMPAGES</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>';
  expect(counted(foot, 7)).toContain('<w:t>7</w:t></w:r>');
  expect(counted(foot, undefined)).toBe(foot);
});
