/**
 * Where chapters begin, and what the contents say of it. A Word document has no pages until somebody lays it out; `layout.ts` does. What that shows
 * is used twice: to begin chapters where no page stays nearly empty and no heading stands on a hair, and to write the contents.
 */
import { type Layout, layOut, PAGE_HEIGHT, type PlacedStart } from './layout.ts';
import { type Part, partsOf } from './parts.ts';

/** A heading of the contents, or a place within a chapter where a page should begin. */
export interface PageStart {
  readonly kind: 'chapter' | 'section' | 'break';
  /** Begins a page. */
  readonly begins: boolean;
  /** Of the chapter that is looked up rather than read. */
  readonly lookedUp: boolean;
}
export interface Paged {
  /** `word/document.xml` with its contents' numbers. */
  readonly document: string;
  /** `word/styles.xml`, perhaps closer. */
  readonly styles: string;
  readonly pageCount: number;
}
/** By the number of a start: whether it begins a page, where that is not left to the chapter. */
type PagePlan = ReadonlyMap<number, boolean>;
interface Settled {
  readonly styles: string;
  readonly parts: readonly Part[];
  readonly plan: PagePlan;
  readonly layout: Layout;
}

/** A page that is used less is not left for the next chapter. */
const HALF = 0.5;
/** A last page of so little. */
const THIN = 0.25;
/** Points at the foot of a page in which a heading and two lines have room by a hair, if at all. */
const FOOT = 75;
/** What moves moves what is behind it: so often it is looked at again. */
const MOST_ROUNDS = 4;

/**
 * A number may be off by one where a line wraps by a hair: of the entries of every kind's report in both languages LibreOffice has none on another page.
 * Word has nothing to ask when it opens the file, for nothing is left for it to work out.
 * @param document `word/document.xml` @param styles `word/styles.xml` @param starts all of them, in their order
 */
export function paged(document: string, styles: string, starts: readonly PageStart[]): Paged {
  const settle = (from: string): Settled => settled(partsOf(document, from), from, starts);
  const pages = held(
    withoutThinEnd(settle(styles), () => settle(closer(styles)), starts),
    starts,
  );
  const headings = pages.layout.starts.filter((_, index) => starts[index]?.kind !== 'break');
  return {
    document: numbered(
      withPlan(document, pages.plan),
      headings.map(({ page }) => page),
    ),
    styles: pages.styles,
    pageCount: pages.layout.used.length,
  };
}
/** A few lines alone on the last page: lines and tables are set closer, if that takes them in; or the section before them goes with them. */
function withoutThinEnd(usual: Settled, close: () => Settled, starts: readonly PageStart[]): Settled {
  if (!endsThin(usual.layout)) return usual;
  const closely = close();
  if (!endsThin(closely.layout)) return closely;
  const count = usual.layout.used.length;
  const last = usual.layout.starts.findLastIndex(({ page, y }) => page === count - 1 && y > PAGE_HEIGHT * HALF);
  if (last === -1 || starts[last]?.kind !== 'section') return usual;
  const plan = new Map([...usual.plan, [last, true] as const]);
  return { ...usual, plan, layout: layOut(usual.parts, plan) };
}
/**
 * A chapter that begins a page because it has no room on the one before says so: another program's lines may leave it that room by a hair. Not
 * below a full page, whose last lines another program may set onto the next.
 */
function held({ plan, layout, ...rest }: Settled, starts: readonly PageStart[]): Settled {
  const { starts: places, used } = layout;
  const isHeld = ({ page, y }: PlacedStart): boolean => y === 0 && (used[page - 2] ?? PAGE_HEIGHT) < PAGE_HEIGHT - FOOT;
  const tops = places.flatMap((place, index) => (index > 0 && starts[index]?.kind === 'chapter' && !(plan.get(index) ?? starts[index].begins) && isHeld(place) ? [index] : []));
  return { ...rest, layout, plan: new Map([...plan, ...tops.map((index) => [index, true] as const)]) };
}
function endsThin({ used }: Layout): boolean {
  return used.length > 1 && shareOf(used, used.length) < THIN;
}
function shareOf(used: readonly number[], page: number): number {
  return (used[page - 1] ?? 0) / PAGE_HEIGHT;
}
/** Tables and what is looked up, a little closer. */
function closer(styles: string): string {
  return styles.replace(/<w:style [^>]*w:styleId="(?:TableText|TableDense|Appendix|Note)".*?<\/w:style>/gs, (style) =>
    style
      .replace(/w:(before|after)="(\d+)"/g, (_room, side: string, twips: string) => `w:${side}="${Math.round(Number(twips) * CLOSER_ROOM)}"`)
      .replace(/w:line="(\d+)"/g, (_line, twips: string) => `w:line="${Math.round(Number(twips) * CLOSER_LINES)}"`),
  );
}
const CLOSER_ROOM = 0.5;
const CLOSER_LINES = 0.94;

function settled(parts: readonly Part[], styles: string, starts: readonly PageStart[]): Settled {
  const plan = new Map<number, boolean>();
  let layout = layOut(parts);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const more = planOf(layout, starts, plan);
    if (more.size === 0) break;
    for (const [index, begins] of more) plan.set(index, begins);
    layout = layOut(parts, plan);
  }
  return { parts, styles, plan, layout };
}

const START = /<w:pPr><w:pStyle w:val="(Heading[12]|PageStart)"\/>(?:<w:pageBreakBefore\/>(?:<w:spacing w:before="0"\/>)?)?<\/w:pPr>/g;
/** As the renderer writes it: programs differ on whether room above a paragraph counts at the top of a page. */
function withPlan(document: string, plan: PagePlan): string {
  if (plan.size === 0) return document;
  let index = -1;
  return document.replace(START, (found, style: string) => {
    index += 1;
    const begins = plan.get(index);
    if (begins === undefined) return found;
    return `<w:pPr><w:pStyle w:val="${style}"/>${begins ? '<w:pageBreakBefore/><w:spacing w:before="0"/>' : ''}</w:pPr>`;
  });
}

/** What is to change; what was decided before stays. */
function planOf({ starts: places, used }: Layout, starts: readonly PageStart[], decided: PagePlan): PagePlan {
  const appendix = starts.findIndex(({ kind, lookedUp }) => kind === 'chapter' && lookedUp);
  // An appendix whose end is alone on the last page stands there in full.
  const isWholeOnLast = shareOf(used, used.length) < THIN && starts[appendix]?.begins === false && places[appendix]?.page === used.length - 1;
  const plan = new Map<number, boolean>();
  // What follows a start that moves has another place, up to the next page that begins with one: it is looked at in the next round.
  let isMoved = false;
  for (const [index, { begins: own }] of starts.entries()) {
    const begins = decided.get(index) ?? own;
    const place = places[index];
    const isKnown = place !== undefined && index > 0 && !isMoved && !decided.has(index);
    if (begins) isMoved = false;
    if (!isKnown) continue;
    const begin = newBeginOf(place, shareOf(used, place.page - 1), begins, index === appendix && isWholeOnLast);
    if (begin === undefined) continue;
    plan.set(index, begin);
    isMoved = true;
  }
  return plan;
}
/** Whether it is to begin a page where it did not, or the other way round. */
function newBeginOf({ y }: PlacedStart, usedBefore: number, begins: boolean, isWhole: boolean): boolean | undefined {
  // The end of a chapter alone on a page: the next one follows it there.
  if (begins) return usedBefore < HALF ? false : undefined;
  return isWhole || y > PAGE_HEIGHT - FOOT ? true : undefined;
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
