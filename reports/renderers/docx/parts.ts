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
  /** Of a heading of the contents, or of a place where a page should begin: the room above it where it begins none. */
  readonly start?: number | undefined;
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
interface Look {
  readonly format: Format;
  /** Of its style. */
  readonly usual: Format;
  readonly frame: number;
  readonly keepLines: boolean;
  readonly begins: boolean;
  readonly isStart: boolean;
}
type CellFrame = Record<'left' | 'right' | 'top' | 'bottom' | 'line', number>;
/** Properties as they are written; the same few are written thousands of times. */
class Reading {
  private readonly styles: ReadonlyMap<string, Format>;
  private readonly looks = new Map<string, Look>();
  private readonly frames = new Map<string, CellFrame>();

  /** @param styles `word/styles.xml` */
  constructor(styles: string) {
    const normal = formatOf(/<w:docDefaults>.*?<\/w:docDefaults>/s.exec(styles)?.[0] ?? '', PLAIN);
    this.styles = new Map([
      ['', normal] as const,
      ...styles.matchAll(/<w:style [^>]*w:styleId="([^"]+)"[^>]*>(.*?)<\/w:style>/gs).map(([, id = '', xml = '']) => [id, formatOf(xml, normal)] as const),
    ]);
  }
  paragraphOf(properties: string): Look {
    const known = this.looks.get(properties);
    if (known) return known;
    const usual = this.styles.get(/<w:pStyle w:val="([^"]+)"/.exec(properties)?.[1] ?? '') ?? this.styles.get('') ?? PLAIN;
    const borders = properties.matchAll(/<w:(?:top|bottom) w:val="single"[^>]*w:sz="(\d+)"[^>]*w:space="(\d+)"/g);
    const look = {
      format: formatOf(properties, usual),
      usual,
      frame: borders.reduce((sum, [, size, space]) => sum + Number(size) / 8 + Number(space), 0),
      keepLines: properties.includes('<w:keepLines/>'),
      begins: properties.includes('<w:pageBreakBefore/>'),
      isStart: START.test(properties),
    };
    this.looks.set(properties, look);
    return look;
  }
  /** Points beside, above and below the text of a cell, and of the line below it. */
  frameOf(properties: string): CellFrame {
    const known = this.frames.get(properties);
    if (known) return known;
    const margins = /<w:tcMar>(.*?)<\/w:tcMar>/s.exec(properties)?.[1] ?? '';
    const margin = (pattern: RegExp, normal: number): number => (numberIn(margins, pattern) ?? normal) / 20;
    const frame = {
      left: margin(/<w:left [^>]*w:w="(\d+)"/, 115),
      right: margin(/<w:right [^>]*w:w="(\d+)"/, 115),
      top: margin(/<w:top [^>]*w:w="(\d+)"/, 0),
      bottom: margin(/<w:bottom [^>]*w:w="(\d+)"/, 0),
      line: (numberIn(properties, /<w:bottom w:val="single"[^>]*w:sz="(\d+)"/) ?? 0) / 8,
    };
    this.frames.set(properties, frame);
    return frame;
  }
}

/** Beginnings and ends of what a page consists of. */
const TAGS = /<w:(p|tbl|tr|tc)(?: [^>]*)?>|<\/w:(p|tbl|tr|tc)>|<w:p\/>/g;
/** @param document `word/document.xml` @param styles `word/styles.xml` */
export function partsOf(document: string, styles: string): readonly Part[] {
  const reading = new Reading(styles);
  const parts: Part[] = [];
  let began = 0;
  let table: TableReader | undefined;
  for (const { 0: tag, 1: open, 2: close, index } of document.matchAll(TAGS)) {
    if (open === 'p') began = index + tag.length;
    if (open === 'tbl') table = new TableReader(document, index, reading);
    if (close === 'tbl') table = undefined;
    const paragraph = close === 'p' ? document.slice(began, index) : tag === '<w:p/>' ? '' : undefined;
    if (table) parts.push(...table.read(index, open, close, paragraph));
    else if (paragraph !== undefined) parts.push(paragraphPart(paragraph, TEXT_WIDTH / 20, reading));
  }
  return parts;
}

/** The rows of a table as they come. */
class TableReader {
  private readonly document: string;
  private readonly reading: Reading;
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

  constructor(document: string, at: number, reading: Reading) {
    this.document = document;
    this.reading = reading;
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
    const { left, right, top, bottom, line } = this.reading.frameOf(document.slice(at, document.indexOf('</w:tcPr>', at)));
    this.room = (this.widths[this.cells] ?? 0) - left - right;
    this.height = top + bottom;
    this.below = 0;
    this.line = Math.max(this.line, line);
  }
  private paragraph(xml: string): void {
    const part = paragraphPart(xml, this.room, this.reading);
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
    return { before: 0, after: 0, lines: 1, lineHeight, frame: 0, keepNext: this.keepNext, keepLines: true, begins: false, head };
  }
}

const START = /<w:pStyle w:val="(Heading[12]|PageStart)"\/>/;
function paragraphPart(xml: string, width: number, reading: Reading): Part {
  const end = xml.indexOf('</w:pPr>');
  const { format, usual, frame, keepLines, begins, isStart } = reading.paragraphOf(end === -1 ? '' : xml.slice(0, end));
  const { before, after, left, hanging, keepNext, line, exact, size } = format;
  const picture = xml.includes('<wp:extent') ? numberIn(xml, /<wp:extent [^>]*cy="(\d+)"/) : undefined;
  return {
    ...{ before, after, frame, keepNext, keepLines, begins, head: 0 },
    lines: picture === undefined ? countLines(runsOf(xml, format), { width: width - left, hangs: hanging > 0 }) : 1,
    lineHeight: picture === undefined ? (exact ? line : (line / 12) * size * NATURAL_LINE) : picture / 12_700,
    ...(isStart && { start: usual.before }),
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
