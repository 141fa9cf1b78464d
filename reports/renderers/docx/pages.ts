/**
 * Where chapters begin, and what the contents say of it. A Word document has no pages until somebody lays it out; `layout.ts` does. What that shows
 * is used twice: to begin chapters where no page stays nearly empty and no heading stands on a hair, and to write the contents.
 */
import { type Layout, layOut, PAGE_HEIGHT, type PlacedHeading } from './layout.ts';

/** A heading that stands in the contents. */
export interface Heading {
  readonly text: string;
  readonly isChapter: boolean;
  /** Begins a page. */
  readonly begins: boolean;
  /** Of the chapter that is looked up rather than read. */
  readonly lookedUp: boolean;
}
export interface Paged {
  /** `word/document.xml` with its contents' numbers. */
  readonly document: string;
  readonly pageCount: number;
}
/** By the number of a heading: whether it begins a page, where that is not left to the chapter. */
type PagePlan = ReadonlyMap<number, boolean>;

/** A page that is used less is not left for the next chapter. */
const LITTLE_USED = 0.35;
/** A last page of so little. */
const THIN = 0.2;
/** Points at the foot of a page in which a heading and two lines have room by a hair, if at all. */
const FOOT = 75;

/**
 * A number may be off by one where a line wraps by a hair: of the entries of every kind's report in both languages LibreOffice has none on another page.
 * Word has nothing to ask when it opens the file, for nothing is left for it to work out.
 * @param document `word/document.xml` @param styles `word/styles.xml` @param headings all of them, in their order
 */
export function paged(document: string, styles: string, headings: readonly Heading[]): Paged {
  const first = layOut(document, styles);
  const plan = planOf(first, headings);
  if (plan.size === 0) return numberedBy(document, first);
  const replanned = withPlan(document, plan);
  return numberedBy(replanned, layOut(replanned, styles));
}
function numberedBy(document: string, { headings, used }: Layout): Paged {
  return {
    document: numbered(
      document,
      headings.map(({ page }) => page),
    ),
    pageCount: used.length,
  };
}

const HEADING = /<w:pPr><w:pStyle w:val="Heading([12])"\/>(?:<w:pageBreakBefore\/><w:spacing w:before="0"\/>)?<\/w:pPr>/g;
/** As the renderer writes it: programs differ on whether room above a paragraph counts at the top of a page. */
function withPlan(document: string, plan: PagePlan): string {
  let index = -1;
  return document.replace(HEADING, (found, level: string) => {
    index += 1;
    const begins = plan.get(index);
    if (begins === undefined) return found;
    return `<w:pPr><w:pStyle w:val="Heading${level}"/>${begins ? '<w:pageBreakBefore/><w:spacing w:before="0"/>' : ''}</w:pPr>`;
  });
}

function planOf({ headings: places, used }: Layout, headings: readonly Heading[]): PagePlan {
  const share = (page: number): number => (used[page - 1] ?? 0) / PAGE_HEIGHT;
  const appendix = headings.findIndex(({ isChapter, lookedUp }) => isChapter && lookedUp);
  // An appendix whose end is alone on the last page stands there in full.
  const isWholeOnLast = share(used.length) < THIN && headings[appendix]?.begins === false && places[appendix]?.page === used.length - 1;
  const plan = new Map<number, boolean>();
  // What follows a heading that moves has other places, up to the next page that begins with one.
  let isMoved = false;
  for (const [index, { isChapter, begins }] of headings.entries()) {
    const place = places[index];
    if (begins) isMoved = false;
    if (!place || index === 0) continue;
    const begin = newBeginOf(place, share(place.page - 1), { isChapter, begins, isMoved, isWhole: index === appendix && isWholeOnLast });
    if (begin === undefined) continue;
    plan.set(index, begin);
    isMoved = true;
  }
  return plan;
}
/** Whether a heading is to begin a page where it did not, or the other way round. */
function newBeginOf(
  { y }: PlacedHeading,
  usedBefore: number,
  { isChapter, begins, isMoved, isWhole }: Record<'isChapter' | 'begins' | 'isMoved' | 'isWhole', boolean>,
): boolean | undefined {
  // The end of a chapter alone on a page: the next one follows it there.
  if (begins) return isChapter && usedBefore < LITTLE_USED ? false : undefined;
  return isWhole || (!isMoved && y > PAGE_HEIGHT - FOOT) ? true : undefined;
}

/** Writes the number of pages where the library left it blank; programs that lay the document out put their own there. */
export function counted(xml: string, pageCount: number): string {
  return xml.replace(
    /(NUMPAGES\s*<\/w:instrText>(?:<\/w:r><w:r>)?<w:fldChar w:fldCharType="separate"\/>)(<\/w:r><w:r>)/g,
    (_field, before: string, after: string) => `${before}<w:t>${pageCount}</w:t>${after}`,
  );
}
/** Writes the numbers into the contents, where the library left them blank. */
export function numbered(xml: string, pages: readonly number[]): string {
  let entry = 0;
  return xml.replace(/(PAGEREF _Toc\d+ \\h<\/w:instrText><w:fldChar w:fldCharType="separate"\/>)(?:<w:t(?: [^>]*)?>[^<]*<\/w:t>|<w:t\/>)?/g, (_field, before: string) => {
    const page = pages[entry];
    entry += 1;
    return page === undefined ? before : `${before}<w:t xml:space="preserve">${page}</w:t>`;
  });
}
