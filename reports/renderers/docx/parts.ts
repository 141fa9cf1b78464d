/** What the pages of a Word document are made of, read from what was written into the file: paragraphs and rows of tables with their heights. */
import { countLines, type Run } from './lines.ts';
import { TEXT_WIDTH } from './tables.ts';

/** A paragraph, or a row of a table: what pages are made of. Points. */
export interface Part {
  readonly before: number;
  readonly after: number;
  readonly lines: number;
  readonly lineHeight: number;
  /** Borders above and below. */
  readonly frame: number;
  readonly keepNext: boolean;
  readonly keepLines: boolean;
  readonly begins: boolean;
  /** A heading of the contents, or a place where a page should begin. */
  readonly isStart: boolean;
  /** Height of the head that is repeated when a page begins with this row. */
  readonly head: number;
}

interface Format {
  readonly size: number;
  readonly bold: boolean;
  readonly before: number;
  readonly after: number;
  readonly line: number;
  readonly exact: boolean;
  readonly left: number;
  readonly hanging: number;
  readonly keepNext: boolean;
}
const PLAIN: Format = { size: 10.5, bold: false, before: 0, after: 0, line: 12, exact: false, left: 0, hanging: 0, keepNext: false };

function numberIn(xml: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(xml)?.[1];
  return found === undefined ? undefined : Number(found);
}
/** What a paragraph or style says of itself, on top of what it is based on. */
function formatOf(xml: string, base: Format): Format {
  const spacing = /<w:spacing [^>]*>/.exec(xml)?.[0] ?? '';
  const line = numberIn(spacing, /w:line="(\d+)"/);
  const twips = (value: number | undefined): number | undefined => (value === undefined ? undefined : value / 20);
  const half = numberIn(xml, /<w:sz w:val="(\d+)"/);
  return {
    size: half === undefined ? base.size : half / 2,
    bold: /<w:b\/>/.test(xml) || (base.bold && !/<w:b w:val="false"\/>/.test(xml)),
    before: twips(numberIn(spacing, /w:before="(\d+)"/)) ?? base.before,
    after: twips(numberIn(spacing, /w:after="(\d+)"/)) ?? base.after,
    line: twips(line) ?? base.line,
    exact: line === undefined ? base.exact : spacing.includes('"exact"'),
    left: twips(numberIn(xml, /<w:ind [^>]*w:left="(\d+)"/)) ?? (xml.includes('<w:numPr>') ? 21 : base.left),
    hanging: twips(numberIn(xml, /<w:ind [^>]*w:hanging="(\d+)"/)) ?? base.hanging,
    keepNext: xml.includes('<w:keepNext/>') || base.keepNext,
  };
}
function formatsOf(styles: string): ReadonlyMap<string, Format> {
  const normal = formatOf(/<w:docDefaults>.*?<\/w:docDefaults>/s.exec(styles)?.[0] ?? '', PLAIN);
  return new Map([
    ['', normal] as const,
    ...styles.matchAll(/<w:style [^>]*w:styleId="([^"]+)"[^>]*>(.*?)<\/w:style>/gs).map(([, id = '', xml = '']) => [id, formatOf(xml, normal)] as const),
  ]);
}

/** Beginnings and ends of what a page consists of. */
const TAGS = /<w:(p|tbl|tr|tc)(?: [^>]*)?>|<\/w:(p|tbl|tr|tc)>|<w:p\/>/g;
/** @param document `word/document.xml` @param styles `word/styles.xml` */
export function partsOf(document: string, styles: string): readonly Part[] {
  const formats = formatsOf(styles);
  const parts: Part[] = [];
  let began = 0;
  let table: TableReader | undefined;
  for (const { 0: tag, 1: open, 2: close, index } of document.matchAll(TAGS)) {
    if (open === 'p') began = index + tag.length;
    if (open === 'tbl') table = new TableReader(document, index, formats);
    if (close === 'tbl') table = undefined;
    const paragraph = close === 'p' ? document.slice(began, index) : tag === '<w:p/>' ? '' : undefined;
    if (table) parts.push(...table.read(index, open, close, paragraph));
    else if (paragraph !== undefined) parts.push(paragraphPart(paragraph, TEXT_WIDTH / 20, formats));
  }
  return parts;
}

/** The rows of a table as they come. */
class TableReader {
  private readonly document: string;
  private readonly formats: ReadonlyMap<string, Format>;
  private readonly widths: readonly number[];
  private isHead = false;
  private head = 0;
  private cells = 0;
  private room = 0;
  private height = 0;
  private below = 0;
  private tallest = 0;
  private line = 0;
  private keepNext = true;

  constructor(document: string, at: number, formats: ReadonlyMap<string, Format>) {
    this.document = document;
    this.formats = formats;
    const grid = document.slice(at, document.indexOf('</w:tblGrid>', at));
    this.widths = [...grid.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width) / 20);
  }
  /** A row where one ends here. */
  read(at: number, open: string | undefined, close: string | undefined, paragraph: string | undefined): readonly Part[] {
    if (open === 'tr') this.beginRow(at);
    if (open === 'tc') this.beginCell(at);
    if (paragraph !== undefined) this.paragraph(paragraph);
    if (close === 'tc') this.endCell();
    return close === 'tr' ? [this.endRow()] : [];
  }
  private beginRow(at: number): void {
    const { document } = this;
    this.isHead = document.slice(at, document.indexOf('<w:tc>', at)).includes('<w:tblHeader/>');
    [this.cells, this.tallest, this.line, this.keepNext] = [0, 0, 0, true];
  }
  private beginCell(at: number): void {
    const { document } = this;
    const xml = document.slice(at, document.indexOf('</w:tcPr>', at));
    const margins = /<w:tcMar>(.*?)<\/w:tcMar>/s.exec(xml)?.[1] ?? '';
    const margin = (side: string, normal: number): number => (numberIn(margins, new RegExp(`<w:${side} [^>]*w:w="(\\d+)"`)) ?? normal) / 20;
    this.room = (this.widths[this.cells] ?? 0) - margin('left', 115) - margin('right', 115);
    this.height = margin('top', 0) + margin('bottom', 0);
    this.below = 0;
    const border = numberIn(xml, /<w:bottom w:val="single"[^>]*w:sz="(\d+)"/);
    this.line = Math.max(this.line, border === undefined ? 0 : border / 8);
  }
  private paragraph(xml: string): void {
    const part = paragraphPart(xml, this.room, this.formats);
    this.height += Math.max(0, part.before - this.below) + part.lines * part.lineHeight + part.frame + part.after;
    this.below = part.after;
    this.keepNext &&= part.keepNext;
  }
  private endCell(): void {
    this.tallest = Math.max(this.tallest, this.height);
    this.cells += 1;
  }
  private endRow(): Part {
    const lineHeight = this.tallest + this.line;
    const head = this.isHead ? 0 : this.head;
    if (this.isHead) this.head = lineHeight;
    return { before: 0, after: 0, lines: 1, lineHeight, frame: 0, keepNext: this.keepNext, keepLines: true, begins: false, isStart: false, head };
  }
}

const START = /<w:pStyle w:val="(?:Heading[12]|PageStart)"\/>/;
function paragraphPart(xml: string, width: number, formats: ReadonlyMap<string, Format>): Part {
  const end = xml.indexOf('</w:pPr>');
  const properties = end === -1 ? '' : xml.slice(0, end);
  const style = /<w:pStyle w:val="([^"]+)"/.exec(properties)?.[1] ?? '';
  const format = formatOf(properties, formats.get(style) ?? formats.get('') ?? PLAIN);
  const runs = runsOf(xml, format);
  const picture = numberIn(xml, /<wp:extent [^>]*cy="(\d+)"/);
  const frame = [...properties.matchAll(/<w:(?:top|bottom) w:val="single"[^>]*w:sz="(\d+)"[^>]*w:space="(\d+)"/g)].reduce(
    (sum, [, size, space]) => sum + Number(size) / 8 + Number(space),
    0,
  );
  return {
    before: format.before,
    after: format.after,
    lines: picture === undefined ? countLines(runs, { width: width - format.left, hangs: format.hanging > 0 }) : 1,
    lineHeight: picture === undefined ? (format.exact ? format.line : (format.line / 12) * format.size * NATURAL_LINE) : picture / 12_700,
    frame,
    keepNext: format.keepNext,
    keepLines: properties.includes('<w:keepLines/>'),
    begins: properties.includes('<w:pageBreakBefore/>'),
    head: 0,
    isStart: START.test(properties),
  };
}
/** Arial's line, in its size. */
const NATURAL_LINE = 1.15;

const RUN = /<w:r>(?:<w:rPr>(.*?)<\/w:rPr>)?(.*?)<\/w:r>/gs;
const CONTENT = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab|noBreakHyphen)\/>/g;
function runsOf(xml: string, { size, bold }: Format): readonly Run[] {
  return [...xml.matchAll(RUN)].map(([, look = '', content = '']) => {
    const half = numberIn(look, /<w:sz w:val="(\d+)"/);
    const text = [...content.matchAll(CONTENT)].map(([, words, sign]) => (words === undefined ? (sign === 'tab' ? '\t' : '\u2011') : plain(words))).join('');
    return {
      text,
      size: half === undefined ? size : half / 2,
      bold: look.includes('<w:b/>') || (bold && !look.includes('<w:b w:val="false"/>')),
      code: look.includes('"Courier New"'),
      chinese: look.includes('w:hint="eastAsia"'),
    };
  });
}
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
function plain(xml: string): string {
  return xml.includes('&') ? xml.replace(/&(amp|lt|gt|quot|apos);/g, (_entity, name: string) => ENTITIES[name] ?? '') : xml;
}
