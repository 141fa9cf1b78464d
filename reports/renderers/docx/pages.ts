/**
 * Where pages end. A Word document has no pages until somebody lays it out; the library lays it out as Word would, and lines have fixed heights,
 * so that every program comes to the same pages. What a layout shows is used twice: to begin chapters where that leaves no page nearly empty and
 * puts no heading on a hair, and to say in the contents where they are.
 */
import type { Document } from 'docx';
import type { DocumentLayout, PageLayout } from 'docx/layout';
import type { Block } from '../../blocks.ts';
import type { ReportDocument } from '../../document.ts';

/** A heading that stands in the contents. */
export interface Heading {
  readonly text: string;
  readonly isChapter: boolean;
  /** Begins a page. */
  readonly begins: boolean;
  /** Of the chapter that is looked up rather than read. */
  readonly lookedUp: boolean;
}
/** By the number of a heading: whether it begins a page, where that is not left to the chapter. */
export type PagePlan = ReadonlyMap<number, boolean>;
export interface Paged {
  readonly document: Document;
  /** Page of each heading; empty where nobody worked them out. */
  readonly pages: readonly (number | undefined)[];
  readonly pageCount?: number;
}

/** Lines and characters of a report that is laid out; laying out more would take longer than everything else. */
const MOST_LINES = 700;
const MOST_CHARACTERS = 30_000;
const WORD_ENDS = /[\s\u200b\u2e80-\u9fff\uff00-\uffef]/;
/** The time that a word takes grows with the square of its length; nobody's name is so long. */
const LONGEST_WORD = 200;
/** A page that is used less is not left for the next chapter. */
const LITTLE_USED = 0.35;
/** A last page of so little. */
const THIN = 0.2;
/** Pixels at the foot of a page in which a heading and two lines have room by a hair, if at all. */
const FOOT = 100;
/** Pixels between the margins, at 96 dpi. */
const TEXT_TOP = 87;
const TEXT_BOTTOM = 1_047;

/**
 * Lays the report out, once or, where that shows something to mend, twice. A larger report has its contents with links and without numbers until
 * somebody updates the field (F9): no number is better than one that nobody worked out. Either way Word has nothing to ask when it opens the file.
 * A number may still be off by one where a line wraps by a hair: of 870 entries of the tests' and of stored reports in both languages LibreOffice had
 * two on another page.
 */
export async function paged({ chapters }: ReportDocument, build: (plan: PagePlan) => { readonly document: Document; readonly headings: readonly Heading[] }): Promise<Paged> {
  const first = build(new Map());
  if (isTooLong(chapters.flatMap(({ blocks }) => blocks))) return { document: first.document, pages: [] };
  const { layoutDocument } = await import('docx/layout');
  const layout = layoutDocument(first.document, { guess: true });
  const places = placesOf(layout, first.headings);
  const plan = planOf(layout, first.headings, places);
  if (plan.size === 0) return { document: first.document, pages: places.map((place) => place?.page), pageCount: layout.pages.length };
  const second = build(plan);
  const again = layoutDocument(second.document, { guess: true });
  return { document: second.document, pages: placesOf(again, second.headings).map((place) => place?.page), pageCount: again.pages.length };
}
function isTooLong(blocks: readonly Block[]): boolean {
  const texts = blocks.flatMap(textsOf);
  const lines = blocks.reduce((sum, block) => sum + linesOf(block), 0);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return lines > MOST_LINES || characters > MOST_CHARACTERS || texts.some((text) => text.length > LONGEST_WORD && text.split(WORD_ENDS).some((word) => word.length > LONGEST_WORD));
}
function linesOf(block: Block): number {
  if (block.type === 'table') return block.rows.length;
  if (block.type === 'finding') return block.objects.length + 3;
  return block.type === 'list' ? block.items.length : 1;
}
function textsOf(block: Block): readonly string[] {
  switch (block.type) {
    case 'table':
      return block.rows.flatMap((row) => row.map(({ text }) => text));
    case 'finding':
      return [...block.objects.map(({ name }) => name), block.why ?? '', block.remedy];
    case 'list':
      return block.items;
    default:
      return 'text' in block ? [block.text] : [];
  }
}

interface Place {
  /** Counted from 1. */
  readonly page: number;
  /** Pixels from the top of the page. */
  readonly y: number;
}
/** The headings in the order in which they come: the contents name them before, with tabs. */
function placesOf({ pages }: DocumentLayout, headings: readonly Heading[]): readonly (Place | undefined)[] {
  const places: Place[] = [];
  for (const [index, { body }] of pages.entries())
    for (const block of body) {
      const wanted = headings[places.length];
      if (!wanted || block.type !== 'paragraph') continue;
      const text = block.lines.map((line) => line.text).join('');
      if (plain(text) === plain(wanted.text)) places.push({ page: index + 1, y: block.lines[0]?.y ?? 0 });
    }
  return headings.map((_, index) => places[index]);
}
function plain(text: string): string {
  return text.replaceAll('\u200b', '').replaceAll('\u00a0', ' ').trim();
}
/** Share of a page's height that is written on. */
function usedOf(page: PageLayout | undefined): number {
  const last = page?.body.at(-1);
  const end = last?.type === 'table' ? last.rows.at(-1) : last?.lines.at(-1);
  return end ? (end.y + end.height - TEXT_TOP) / (TEXT_BOTTOM - TEXT_TOP) : 0;
}

function planOf(layout: DocumentLayout, headings: readonly Heading[], places: readonly (Place | undefined)[]): PagePlan {
  const count = layout.pages.length;
  const appendix = headings.findIndex(({ isChapter, lookedUp }) => isChapter && lookedUp);
  // An appendix whose end is alone on the last page stands there in full.
  const isWholeOnLast = usedOf(layout.pages[count - 1]) < THIN && headings[appendix]?.begins === false && places[appendix]?.page === count - 1;
  const plan = new Map<number, boolean>();
  // What follows a heading that moves has other places, up to the next page that begins with one.
  let isMoved = false;
  for (const [index, { isChapter, begins }] of headings.entries()) {
    const place = places[index];
    if (begins) isMoved = false;
    if (!place || index === 0) continue;
    const begin = newBeginOf(place, usedOf(layout.pages[place.page - 2]), { isChapter, begins, isMoved, isWhole: index === appendix && isWholeOnLast });
    if (begin === undefined) continue;
    plan.set(index, begin);
    isMoved = true;
  }
  return plan;
}
/** Whether a heading is to begin a page where it did not, or the other way round. */
function newBeginOf(
  { y }: Place,
  usedBefore: number,
  { isChapter, begins, isMoved, isWhole }: Record<'isChapter' | 'begins' | 'isMoved' | 'isWhole', boolean>,
): boolean | undefined {
  // The end of a chapter alone on a page: the next one follows it there.
  if (begins) return isChapter && usedBefore < LITTLE_USED ? false : undefined;
  return isWhole || (!isMoved && y > TEXT_BOTTOM - FOOT) ? true : undefined;
}

/** Writes the number of pages where the library left it blank; programs that lay the document out put their own there. */
export function counted(xml: string, pageCount: number | undefined): string {
  if (pageCount === undefined) return xml;
  return xml.replace(
    /(NUMPAGES\s*<\/w:instrText>(?:<\/w:r><w:r>)?<w:fldChar w:fldCharType="separate"\/>)(<\/w:r><w:r>)/g,
    (_field, before: string, after: string) => `${before}<w:t>${pageCount}</w:t>${after}`,
  );
}
/** Writes the numbers into the contents, where the library left them blank. */
export function numbered(xml: string, pages: readonly (number | undefined)[]): string {
  let entry = 0;
  return xml.replace(/(PAGEREF _Toc\d+ \\h<\/w:instrText><w:fldChar w:fldCharType="separate"\/>)(?:<w:t(?: [^>]*)?>[^<]*<\/w:t>|<w:t\/>)?/g, (_field, before: string) => {
    const page = pages[entry];
    entry += 1;
    return page === undefined ? before : `${before}<w:t xml:space="preserve">${page}</w:t>`;
  });
}
