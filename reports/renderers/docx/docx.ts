/** The report as a Word document: real styles and headings, contents, head and foot; opens clean in Word and LibreOffice. */
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  type PageNumberEstimator,
  Paragraph,
  ShadingType,
  TableOfContents,
  TextRun,
} from 'docx';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { settledOffice } from '../../archive.ts';
import type { Block, CalloutBlock, ChartBlock, FindingBlock, ParagraphBlock } from '../../blocks.ts';
import { drawChart, type Picture } from '../../charts/draw.ts';
import { inReportFont, rasterise } from '../../charts/raster.ts';
import { chartAsText } from '../../charts/spec.ts';
import { type ReportDocument, writeDocument } from '../../document.ts';
import { NO_VALUE, say } from '../../format.ts';
import type { ReportKind } from '../../kinds/kind.ts';
import { s360 } from '../../kinds/s360.ts';
import type { ReportModel } from '../../model.ts';
import { severityWords, shownOf } from '../../words.ts';
import { breakable, prose, toned } from './inline.ts';
import { ink, STYLES } from './styles.ts';
import { keyFigures, objectsTable, plainTable, signOff, table } from './tables.ts';

/** A4 with margins of 20 mm, in twentieths of a point. */
const PAGE = { size: { width: 11_906, height: 16_838 }, margin: { top: 1_304, bottom: 1_134, left: 1_134, right: 1_134, header: 567, footer: 567 } } as const;
/** Pixels at 96 dpi between the margins. */
const PICTURE_WIDTH = 640;

/** What words before it lead to: they stay on its page. */
const LED_TO: ReadonlySet<string> = new Set(['table', 'chart', 'signOff', 'keyFigures']);

/** The bytes of a `.docx`. */
export async function renderDocx(model: ReportModel, locale: Locale, kind: ReportKind = s360): Promise<Uint8Array> {
  const report = writeDocument(kind, model, locale);
  const pictures = await drawPictures(report);
  const body: FileChild[] = [...cover(report), ...frontMatter(report)];
  for (const [place, { id, title, blocks, runsOn }] of report.chapters.entries()) {
    body.push(
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        pageBreakBefore: place === 0 || !runsOn,
        children: [new Bookmark({ id: `c-${id}`.slice(0, 40), children: [new TextRun(title)] })],
      }),
    );
    for (const [index, block] of blocks.entries())
      body.push(...(block.type === 'paragraph' ? [paragraph(block, LED_TO.has(blocks[index + 1]?.type ?? ''))] : writeBlock(block, pictures.get(`${id}-${index}`), locale)));
  }
  const document = new Document({
    title: report.title,
    subject: report.subject,
    creator: report.foot,
    lastModifiedBy: report.foot,
    description: report.confidentiality,
    styles: STYLES,
    pageNumbers: await pageNumbersOf(report),
    sections: [
      {
        properties: { page: PAGE, titlePage: true },
        headers: { default: head(report), first: new Header({ children: [new Paragraph('')] }) },
        footers: { default: foot(report), first: new Footer({ children: [new Paragraph('')] }) },
        children: body,
      },
    ],
  });
  return settledOffice(await Packer.toBuffer(document), model.period.asOf, { 'word/document.xml': renumbered });
}

/** Lines of a report whose contents get page numbers at once; laying out more would take longer than everything else. */
const MOST_LINES_TO_LAY_OUT = 700;
/**
 * Page numbers of the contents, worked out as Word would. A larger report has its contents with links and without numbers
 * until somebody updates the field (F9); either way Word has nothing to ask when it opens the file.
 */
async function pageNumbersOf({ chapters }: ReportDocument): Promise<PageNumberEstimator> {
  const lines = chapters.flatMap(({ blocks }) => blocks).reduce((sum, block) => sum + linesOf(block), 0);
  if (lines > MOST_LINES_TO_LAY_OUT) return () => ({ bookmarks: new Map() });
  return (await import('docx/layout')).estimatePageNumbers;
}
function linesOf(block: Block): number {
  if (block.type === 'table') return block.rows.length;
  if (block.type === 'finding') return block.objects.length + 3;
  return block.type === 'list' ? block.items.length : 1;
}

/** The library counts its ids over the life of the process; equal reports are equal files. */
function renumbered(xml: string): string {
  const marks = new Map<string, number>();
  const numberOf = (kind: string, id: string): number => {
    const key = `${kind} ${id}`;
    const known = marks.get(key) ?? marks.size + 1;
    marks.set(key, known);
    return known;
  };
  return xml
    .replace(/_Toc(\d+)(?=["\s])/g, (_mark, id: string) => `_Toc${numberOf('contents', id)}`)
    .replace(/(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")([^"]+)/g, (_mark, before: string, id: string) => before + numberOf('bookmark', id))
    .replace(/(<(?:wp:docPr|pic:cNvPr)\b[^>]*?\bid=")([^"]+)/g, (_mark, before: string, id: string) => before + numberOf('picture', id));
}

function head({ title, subject, confidentiality }: ReportDocument): Header {
  const about = [title, subject].filter((part) => part !== '').join(' · ');
  return new Header({
    children: [
      new Paragraph({
        style: 'Small',
        border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: ink('line'), space: 4 } },
        tabStops: [{ type: 'right', position: 9_638 }],
        children: [new TextRun(`${about}\t${confidentiality}`)],
      }),
    ],
  });
}
function foot({ foot: text }: ReportDocument): Footer {
  return new Footer({
    children: [
      new Paragraph({
        style: 'Small',
        tabStops: [{ type: 'right', position: 9_638 }],
        children: [new TextRun({ children: [text, '\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });
}

function cover({ title, subject, facts, confidentiality, locale }: ReportDocument): readonly FileChild[] {
  return [
    new Paragraph({ style: 'Small', children: [new TextRun({ text: `xunjian 巡检 · ${say(locale, '密级', 'Classification')} · ${confidentiality}`, color: ink('accent') })] }),
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
    new Paragraph({ style: 'Lead', children: [toned(breakable(subject), 'unknown')] }),
    new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: ink('accent'), space: 1 } }, spacing: { after: 400 }, children: [] }),
    ...facts.map(
      ([name, value]) =>
        new Paragraph({
          style: 'CoverText',
          tabStops: [{ type: 'left', position: 2_200 }],
          indent: { left: 2_200, hanging: 2_200 },
          children: [toned(`${name}\t`, 'unknown'), new TextRun(breakable(value))],
        }),
    ),
  ];
}
function frontMatter({ revisionsTitle, revisions, contentsTitle }: ReportDocument): readonly FileChild[] {
  return [
    new Paragraph({ pageBreakBefore: true, children: [new TextRun({ text: revisionsTitle, bold: true, size: 26 })] }),
    plainTable(revisions.head, revisions.rows),
    new Paragraph({ spacing: { before: 400 }, children: [new TextRun({ text: contentsTitle, bold: true, size: 26 })] }),
    new TableOfContents(contentsTitle, { hyperlink: true, headingStyleRange: '1-2' }),
  ];
}

function writeBlock(block: Block, picture: DrawnPicture | undefined, locale: Locale): readonly FileChild[] {
  switch (block.type) {
    case 'heading':
      return [new Paragraph({ heading: block.level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3, children: [new TextRun(block.text)] })];
    case 'paragraph':
      return [paragraph(block)];
    case 'list':
      return block.items.map((item, index) => listItem(block.ordered ? `${index + 1}.` : '•', item));
    case 'keyFigures':
      return [keyFigures(block), new Paragraph({ spacing: { after: 0, line: 160 }, children: [] })];
    case 'table':
      return block.rows.length === 0
        ? [new Paragraph({ style: 'TableTitle', children: [new TextRun(block.title)] }), new Paragraph({ style: 'Note', children: [new TextRun(block.empty)] })]
        : [
            new Paragraph({
              style: 'TableTitle',
              children: [new TextRun(block.title), new TextRun({ text: `  ${shownOf(block.rows.length, block.total, locale)}`, bold: false, size: 16, color: ink('muted') })],
            }),
            table(block),
            new Paragraph({ spacing: { after: 60 }, children: [] }),
          ];
    case 'chart':
      return chart(block, picture);
    case 'callout':
      return callout(block);
    case 'finding':
      return finding(block, locale);
    case 'signOff':
      return [signOff(block), new Paragraph('')];
    case 'pageBreak':
      return [new Paragraph({ pageBreakBefore: true, children: [] })];
    case 'collapsed':
      return []; // paper carries what is read; the workbook has the rest
    default:
      return block satisfies never;
  }
}

function paragraph({ text, weight = 'normal' }: ParagraphBlock, keepNext = false): Paragraph {
  return new Paragraph({ ...(keepNext && { keepNext }), ...(weight !== 'normal' && { style: weight === 'lead' ? 'Lead' : 'Note' }), children: [...prose(text)] });
}
/** The mark is text: numbering of its own per list would need one definition each, and a pasted list keeps its numbers. */
function listItem(mark: string, text: string): Paragraph {
  return new Paragraph({
    indent: { left: 420, hanging: 420 },
    tabStops: [{ type: 'left', position: 420 }],
    spacing: { after: 60 },
    children: [new TextRun(`${mark}\t`), ...prose(text)],
  });
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
interface DrawnPicture extends Picture {
  readonly png: Uint8Array;
}
/** Every chart of the report, by chapter and place. */
async function drawPictures({ chapters }: ReportDocument): Promise<ReadonlyMap<string, DrawnPicture>> {
  const drawn: [string, Picture][] = [];
  for (const chapter of chapters)
    for (const [index, block] of chapter.blocks.entries())
      if (block.type === 'chart' && block.chart.kind !== 'noData') drawn.push([`${chapter.id}-${index}`, await drawChart(block.chart, `${chapter.id}-${index}`)]);
  const rasters = rasterise(drawn.map(([, picture]) => picture));
  return new Map(drawn.map(([id, picture], index) => [id, { ...picture, png: rasters[index] ?? new Uint8Array() }]));
}
function chart({ chart: spec }: ChartBlock, picture: DrawnPicture | undefined): readonly Paragraph[] {
  const title = new Paragraph({ style: 'TableTitle', children: [new TextRun(spec.title)] });
  const source = new Paragraph({ style: 'Note', children: [new TextRun(spec.source)] });
  if (spec.kind === 'noData' || !picture) return [title, new Paragraph({ style: 'Note', children: [new TextRun(spec.kind === 'noData' ? spec.reason : '')] }), source];
  const size = { width: PICTURE_WIDTH, height: Math.round((picture.height / picture.width) * PICTURE_WIDTH) };
  const words = chartAsText(spec).slice(0, 1_000);
  const image = new ImageRun({
    type: 'svg',
    data: Buffer.from(inReportFont(picture).svg, 'utf8'),
    fallback: { type: 'png', data: Buffer.from(picture.png) },
    transformation: size,
    altText: { name: spec.title.slice(0, 200), title: spec.title.slice(0, 200), description: words },
  });
  return [title, new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [image] }), source];
}

function finding(block: FindingBlock, locale: Locale): readonly FileChild[] {
  const { severity, title, check, rank, note, why, remedy, objects, objectTotal, objectsAtLeast } = block;
  const line = { border: { left: { style: BorderStyle.SINGLE, size: 18, color: ink(severity), space: 8 } } } as const;
  const parts: FileChild[] = [
    new Paragraph({
      ...line,
      keepNext: true,
      spacing: { before: 200, after: 60 },
      children: [
        toned(`${rank === undefined ? '' : `${rank}. `}${title}  `, undefined, true),
        toned(severityWords(severity, locale), severity, true),
        new TextRun({ text: `  ${breakable(check)}`, size: 15, color: ink('muted') }),
      ],
    }),
  ];
  if (note !== undefined) parts.push(new Paragraph({ ...line, style: 'Note', keepNext: true, children: [new TextRun(note)] }));
  if (rank === undefined && objects.length > 1) {
    parts.push(objectsTable(block, locale === 'zh' ? ['对象', '观测值', '阈值'] : ['Object', 'Observed', 'Threshold']));
    if (objectTotal > objects.length || objectsAtLeast)
      parts.push(new Paragraph({ style: 'Note', children: [new TextRun(shownOf(objects.length, objectTotal, locale, objectsAtLeast))] }));
  } else
    for (const { name, observed, threshold } of objects) {
      const measured = [
        observed !== NO_VALUE && say(locale, `观测值 ${observed}`, `observed ${observed}`),
        threshold !== NO_VALUE && say(locale, `阈值 ${threshold}`, `threshold ${threshold}`),
      ].filter((part) => part !== false);
      parts.push(
        new Paragraph({
          ...line,
          keepNext: true,
          spacing: { after: 40 },
          children: [new TextRun({ text: breakable(name), size: 19 }), new TextRun({ text: `  ${measured.join(say(locale, '，', ', '))}`, size: 19, color: ink('muted') })],
        }),
      );
    }
  if (why !== undefined)
    parts.push(
      new Paragraph({ ...line, keepNext: true, spacing: { before: 80, after: 40 }, children: [toned(say(locale, '影响：', 'Why it matters: '), undefined, true), ...prose(why)] }),
    );
  parts.push(new Paragraph({ ...line, spacing: { after: 160 }, children: [toned(say(locale, '处置建议：', 'Remedy: '), undefined, true), ...prose(remedy)] }));
  return parts;
}
