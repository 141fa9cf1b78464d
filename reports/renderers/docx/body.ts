/** The blocks of a chapter as Word's paragraphs and tables. */
import { BorderStyle, type FileChild, HeadingLevel, ImageRun, Paragraph, SequentialIdentifier, ShadingType, TextRun } from 'docx';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import type { Block, CalloutBlock, ChartBlock, ParagraphBlock, TableBlock } from '../../blocks.ts';
import type { Picture } from '../../charts/draw.ts';
import { inReportFont } from '../../charts/raster.ts';
import { chartAsText } from '../../charts/spec.ts';
import { shownOf } from '../../words.ts';
import { finding } from './finding.ts';
import { prose, textRun, toned } from './inline.ts';
import { ink } from './styles.ts';
import { keyFigures, signOff, table } from './tables.ts';

/** Pixels at 96 dpi between the margins. */
const PICTURE_WIDTH = 640;

export interface DrawnPicture extends Picture {
  readonly png: Uint8Array;
}

export interface Writing {
  readonly locale: Locale;
  /** Of a chapter that is looked up rather than read. */
  readonly small: boolean;
  /** The drawn chart of a block, by its place in the chapter. */
  readonly pictureOf: (index: number) => DrawnPicture | undefined;
  /** Told of every heading of the contents, and of every place where a page should begin, in turn. */
  readonly starts: (kind: 'section' | 'break') => void;
  /** How many lists there are so far: each begins to count anew. */
  readonly count: { lists: number };
}
/** Blocks that have room above them anyway. */
const HAVE_ROOM: ReadonlySet<string> = new Set(['heading', 'table', 'chart', 'finding', 'collapsed', 'pageBreak']);

export function writeBlocks(blocks: readonly Block[], writing: Writing): readonly FileChild[] {
  const written: FileChild[] = [];
  let isAfterTable = false;
  for (const [index, block] of blocks.entries()) {
    const children = block.type === 'paragraph' ? [paragraph(block, leads(blocks, index), writing.small)] : writeBlock(block, index, writing);
    if (children.length === 0) continue;
    // Two tables without a paragraph between them are one for Word; at the end of a chapter a gap would only ever make an empty page.
    if (isAfterTable && !HAVE_ROOM.has(block.type)) written.push(gap(true));
    written.push(...children);
    isAfterTable = block.type === 'keyFigures' || block.type === 'signOff' || (block.type === 'table' && block.rows.length > 0);
  }
  return written;
}
/** Programs differ on whether room above a paragraph counts at the top of a page: there is none. */
export function pageStart(begins: boolean): { readonly pageBreakBefore?: true; readonly spacing?: { readonly before: 0 } } {
  return begins ? { pageBreakBefore: true, spacing: { before: 0 } } : {};
}
/** A body does not end with a table. */
export function gap(keepNext = false): Paragraph {
  return new Paragraph({ style: 'Gap', ...(keepNext && { keepNext }) });
}

/** What words before it lead to: they stay on its page. */
const LED_TO: ReadonlySet<string> = new Set(['table', 'chart', 'signOff', 'keyFigures', 'callout', 'list']);
/** Longer words may end a page: keeping them would leave half of it empty. Not what is signed, however long. */
const MOST_LEADING = 240;
/** Also by way of another paragraph, such as the digest of what is signed. */
function leads(blocks: readonly Block[], index: number): boolean {
  const [block, next] = [blocks[index], blocks[index + 1]];
  if (block?.type !== 'paragraph' || !next) return false;
  if (block.text.length > MOST_LEADING && !blocks.slice(index + 1, index + 3).some(({ type }) => type === 'signOff')) return false;
  return LED_TO.has(next.type) || (next.type === 'paragraph' && next.weight === 'note' && leads(blocks, index + 1));
}

function writeBlock(block: Exclude<Block, ParagraphBlock>, index: number, { locale, pictureOf, starts, count }: Writing): readonly FileChild[] {
  switch (block.type) {
    case 'heading':
      if (block.level === 3) return [new Paragraph({ heading: HeadingLevel.HEADING_3, children: [textRun(block.text)] })];
      starts('section');
      return [new Paragraph({ heading: HeadingLevel.HEADING_2, children: [textRun(block.text)] })];
    case 'list':
      count.lists += 1;
      return block.items.map(
        (item) =>
          new Paragraph({
            numbering: block.ordered ? { reference: 'steps', level: 0, instance: count.lists } : { reference: 'bullets', level: 0 },
            spacing: { after: 60 },
            children: [...prose(item)],
          }),
      );
    case 'keyFigures':
      return [keyFigures(block)];
    case 'table':
      return tableOf(block, locale);
    case 'chart':
      return chart(block, pictureOf(index));
    case 'callout':
      return callout(block);
    case 'finding':
      return finding(block, locale);
    case 'signOff':
      return [signOff(block)];
    case 'pageBreak':
      starts('break');
      return [new Paragraph({ style: 'PageStart', pageBreakBefore: true })];
    case 'collapsed':
      return []; // paper carries what is read; the workbook has the rest
    default:
      return block satisfies never;
  }
}

/** `表 3：…`: the number is Word's own field, so that a list of tables can be made of it. Nobody is asked anything: it is written with its value. */
const CAPTION = /^(表|图|Table|Figure) (\d+)(?=[：:])/u;
function captionRuns(title: string): readonly TextRun[] {
  const [, label, number] = CAPTION.exec(title) ?? [];
  if (label === undefined || number === undefined) return [textRun(title)];
  return [textRun(`${label} `), new SequentialIdentifier(label), textRun(title.slice(label.length + 1 + number.length))];
}
function tableOf(block: TableBlock, locale: Locale): readonly FileChild[] {
  if (block.rows.length === 0) return [new Paragraph({ style: 'Caption', children: [textRun(block.title)] }), new Paragraph({ style: 'Note', children: [textRun(block.empty)] })];
  const shown = new TextRun({ text: `  ${shownOf(block.rows.length, block.total, locale)}`, bold: false, size: 16, color: ink('muted') });
  return [new Paragraph({ style: 'Caption', children: [...captionRuns(block.title), shown] }), table(block)];
}

const STYLE_OF = { lead: 'Lead', note: 'Note', normal: undefined } as const;
function paragraph({ text, weight = 'normal' }: ParagraphBlock, keepNext: boolean, small: boolean): Paragraph {
  const style = small && weight === 'normal' ? 'Appendix' : STYLE_OF[weight];
  return new Paragraph({ ...(keepNext && { keepNext }), ...(style !== undefined && { style }), children: [...prose(text)] });
}
function callout({ tone, title, text }: CalloutBlock): readonly Paragraph[] {
  const look = {
    border: { left: { style: BorderStyle.SINGLE, size: 24, color: ink(tone), space: 8 } },
    shading: { type: ShadingType.CLEAR, fill: ink('soft'), color: 'auto' },
    keepLines: true,
  } as const;
  return [
    new Paragraph({ ...look, keepNext: text !== '', spacing: { before: 120, after: 0 }, children: [toned(title, tone, true)] }),
    ...(text === '' ? [] : [new Paragraph({ ...look, spacing: { after: 200 }, children: [...prose(text)] })]),
  ];
}
function chart({ chart: spec }: ChartBlock, picture: DrawnPicture | undefined): readonly Paragraph[] {
  const source = new Paragraph({ style: 'Note', children: [textRun(spec.source)] });
  if (spec.kind === 'noData' || !picture)
    return [
      new Paragraph({ style: 'Caption', children: [textRun(spec.title)] }),
      new Paragraph({ style: 'Note', children: [textRun(spec.kind === 'noData' ? spec.reason : '')] }),
      source,
    ];
  const size = { width: PICTURE_WIDTH, height: Math.round((picture.height / picture.width) * PICTURE_WIDTH) };
  const words = chartAsText(spec).slice(0, 1_000);
  const image = new ImageRun({
    type: 'svg',
    data: Buffer.from(inReportFont(picture).svg, 'utf8'),
    fallback: { type: 'png', data: Buffer.from(picture.png) },
    transformation: size,
    altText: { name: spec.title.slice(0, 200), title: spec.title.slice(0, 200), description: words },
  });
  return [new Paragraph({ style: 'Caption', children: [...captionRuns(spec.title)] }), new Paragraph({ style: 'Figure', children: [image] }), source];
}
