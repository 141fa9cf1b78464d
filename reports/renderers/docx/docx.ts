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
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  TableOfContents,
  TextRun,
} from 'docx';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { settledOffice } from '../../archive.ts';
import type { Picture } from '../../charts/draw.ts';
import { pictureOf } from '../../charts/pictures.ts';
import { rasterise } from '../../charts/raster.ts';
import { type ReportDocument, writeDocument } from '../../document.ts';
import { say } from '../../format.ts';
import type { ReportKind } from '../../kinds/kind.ts';
import { s360 } from '../../kinds/s360.ts';
import type { ReportModel } from '../../model.ts';
import { type DrawnPicture, gap, pageStart, writeBlocks } from './body.ts';
import { breakable, textRun, toned } from './inline.ts';
import { counted, type PageStart, paged } from './pages.ts';
import { renumbered, withoutHanging, withoutProofing } from './settled.ts';
import { ink, stylesOf } from './styles.ts';
import { plainTable } from './tables.ts';

/** A4 with margins of 20 mm, in twentieths of a point. */
const PAGE = { size: { width: 11_906, height: 16_838 }, margin: { top: 1_304, bottom: 1_134, left: 1_134, right: 1_134, header: 567, footer: 567 } } as const;
/** Lists of Word's own. */
const LISTS = {
  config: [
    { reference: 'bullets', format: LevelFormat.BULLET, text: '•' },
    { reference: 'steps', format: LevelFormat.DECIMAL, text: '%1.' },
  ].map(({ reference, format, text }) => ({
    reference,
    levels: [{ level: 0, format, text, alignment: AlignmentType.LEFT, style: { paragraph: { indent: { left: 420, hanging: 420 } } } }],
  })),
};

/** The bytes of a `.docx`. */
export async function renderDocx(model: ReportModel, locale: Locale, kind: ReportKind = s360): Promise<Uint8Array> {
  const report = writeDocument(kind, model, locale);
  const pictures = await drawPictures(report);
  const { body, starts } = bodyOf(report, pictures);
  return settledOffice(await Packer.toBuffer(documentOf(report, body)), model.period.asOf, (part) => {
    const { document, styles, pageCount } = paged(part('word/document.xml'), withoutHanging(part('word/styles.xml')), starts);
    return {
      'word/document.xml': () => renumbered(document),
      'word/styles.xml': () => styles,
      'word/footer1.xml': (xml) => counted(xml, pageCount),
      'word/settings.xml': withoutProofing,
    };
  });
}

function bodyOf(report: ReportDocument, pictures: ReadonlyMap<string, DrawnPicture>): { readonly body: readonly FileChild[]; readonly starts: readonly PageStart[] } {
  const { locale } = report;
  const body: FileChild[] = [...cover(report), ...frontMatter(report)];
  const starts: PageStart[] = [];
  const count = { lists: 0 };
  for (const [place, { id, title, blocks, runsOn, lookedUp }] of report.chapters.entries()) {
    const begins = place === 0 ? hasContents(report) : !runsOn;
    starts.push({ kind: 'chapter', begins, lookedUp });
    body.push(
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        ...pageStart(begins),
        children: [new Bookmark({ id: `c-${id}`.slice(0, 40), children: [textRun(title)] })],
      }),
      ...writeBlocks(blocks, {
        ...{ locale, small: lookedUp, count },
        pictureOf: (index) => pictures.get(`${id}-${index}`),
        starts: (kind) => starts.push({ kind, begins: kind === 'break', lookedUp }),
      }),
    );
  }
  body.push(gap());
  return { body, starts };
}

function documentOf(report: ReportDocument, body: readonly FileChild[]): Document {
  return new Document({
    title: report.title,
    subject: report.subject,
    creator: report.foot,
    lastModifiedBy: report.foot,
    description: report.confidentiality,
    styles: stylesOf(report.locale),
    numbering: LISTS,
    // Numbers of the contents are written afterwards; with this, captions hold theirs, and Word does not ask to update fields.
    pageNumbers: () => ({ bookmarks: new Map() }),
    sections: [
      {
        properties: { page: PAGE, titlePage: true },
        headers: { default: head(report), first: new Header({ children: [new Paragraph('')] }) },
        footers: { default: foot(report), first: new Footer({ children: [new Paragraph('')] }) },
        children: [...body],
      },
    ],
  });
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

/** What a line of the cover has beside the names, in ems of its type. */
const COVER_EMS = 32;
/** A digest is compared: it stands in one line. */
const DIGEST = /^[\da-f]{64}$/;
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
          children: [toned(`${name}\t`, 'unknown'), textRun(breakable(value, COVER_EMS), DIGEST.test(value) ? { size: 17 } : {})],
        }),
    ),
  ];
}
/** Version, day, author, reviewer, note. */
const REVISION_WIDTHS = [9, 15, 22, 18, 36];
function frontMatter(report: ReportDocument): readonly FileChild[] {
  const { revisionsTitle, revisions, contentsTitle } = report;
  return [
    new Paragraph({ style: 'TOCHeading', pageBreakBefore: true, children: [textRun(revisionsTitle)] }),
    plainTable(revisions.head, revisions.rows, REVISION_WIDTHS),
    ...(hasContents(report)
      ? [
          new Paragraph({ style: 'TOCHeading', spacing: { before: 400 }, children: [textRun(contentsTitle)] }),
          new TableOfContents(contentsTitle, { hyperlink: true, headingStyleRange: '1-2' }),
        ]
      : []),
  ];
}
/** A single chapter needs none: it stands below the revisions. */
function hasContents({ chapters }: ReportDocument): boolean {
  return chapters.length > 1;
}

/** Every chart of the report, by chapter and place. */
async function drawPictures({ chapters }: ReportDocument): Promise<ReadonlyMap<string, DrawnPicture>> {
  const drawn: [string, Picture][] = [];
  for (const chapter of chapters)
    for (const [index, block] of chapter.blocks.entries())
      if (block.type === 'chart' && block.chart.kind !== 'noData') drawn.push([`${chapter.id}-${index}`, await pictureOf(block.chart, `${chapter.id}-${index}`)]);
  const rasters = rasterise(drawn.map(([, picture]) => picture));
  return new Map(drawn.map(([id, picture], index) => [id, { ...picture, png: rasters[index] ?? new Uint8Array() }]));
}
