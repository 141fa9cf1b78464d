/** The report as PDF on A4: bookmarks, contents, page numbers, embedded subset fonts, text that can be selected and read aloud. */
import { readFileSync } from 'node:fs';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import type { Block, FindingBlock } from '../../blocks.ts';
import { pictureOf } from '../../charts/pictures.ts';
import { inReportFont } from '../../charts/raster.ts';
import { chartAsText } from '../../charts/spec.ts';
import { type ReportDocument, writeDocument } from '../../document.ts';
import { measuredWords } from '../../findings.ts';
import { NO_VALUE, say, withUnits } from '../../format.ts';
import type { ReportKind } from '../../kinds/kind.ts';
import { s360 } from '../../kinds/s360.ts';
import type { ReportModel } from '../../model.ts';
import { LIGHT } from '../../palette.ts';
import { severityWords, shownOf } from '../../words.ts';
import { withoutPictographs } from './pictographs.ts';
import { typeset } from './typst.ts';

/** The same model always gives the same bytes. @throws TypesettingError */
export async function renderPdf(model: ReportModel, locale: Locale, kind: ReportKind = s360): Promise<Uint8Array> {
  const report = writeDocument(kind, model, locale);
  const files = new Map<string, Uint8Array>();
  const data = await dataOf(report, model.period.asOf, files);
  const template = readFileSync(new URL('./report.typ', import.meta.url), 'utf8');
  return await typeset({ template, data: withUnits(withoutPictographs(JSON.stringify(data), locale)), files, madeAt: model.period.asOf });
}

async function dataOf(report: ReportDocument, asOf: number, files: Map<string, Uint8Array>): Promise<object> {
  const { locale } = report;
  const date = new Date(asOf * 1_000);
  const chapters: object[] = [];
  for (const { id, title, blocks, runsOn, lookedUp } of report.chapters) {
    const written: object[] = [];
    // Paper carries what is read; the workbook has what is collapsed on a screen.
    for (const [index, block] of blocks.entries()) if (block.type !== 'collapsed') written.push(await blockData(block, `${id}-${index}`, locale, files));
    chapters.push({ id, title, runsOn: runsOn && chapters.length > 0, lookedUp, blocks: written });
  }
  return {
    ...report,
    chapters,
    date: [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()],
    palette: LIGHT,
    whyWord: say(locale, '影响', 'Why it matters'),
    remedyWord: say(locale, '处置建议', 'Remedy'),
    colon: say(locale, '：', ': '),
    objectHead: locale === 'zh' ? ['对象', '观测值', '阈值'] : ['Object', 'Observed', 'Threshold'],
  };
}

/** A block as the template reads it: charts as pictures, counts and levels as words. */
async function blockData(block: Exclude<Block, { type: 'collapsed' }>, id: string, locale: Locale, files: Map<string, Uint8Array>): Promise<object> {
  switch (block.type) {
    case 'chart':
      return await chartData(block.chart, id, files);
    case 'table':
      return { ...block, count: shownOf(block.rows.length, block.total, locale) };
    case 'finding':
      return findingData(block, locale);
    case 'heading':
    case 'paragraph':
    case 'list':
    case 'keyFigures':
    case 'callout':
    case 'signOff':
    case 'pageBreak':
      return block;
    default:
      return block satisfies never;
  }
}
/** Objects of a problem on paper; the workbook has all. */
const MOST_OBJECTS = 20;
function findingData(block: FindingBlock, locale: Locale): object {
  const objects = block.objects.slice(0, MOST_OBJECTS);
  const bare = objects.length > 1 && objects.every(({ observed, threshold }) => observed === NO_VALUE && threshold === NO_VALUE);
  return {
    ...block,
    severityWord: severityWords(block.severity, locale).replace(/^\S+\s/, ''),
    more: objects.length < block.objectTotal || block.objectsAtLeast ? shownOf(objects.length, block.objectTotal, locale, block.objectsAtLeast) : '',
    // Without measures to compare the names are a line.
    names: bare ? `${say(locale, '对象：', 'Objects: ')}${objects.map(({ name }) => name).join(say(locale, '；', '; '))}` : '',
    objects: bare ? [] : objects.map((object) => ({ ...object, measured: measuredWords(object, locale) })),
  };
}
async function chartData(chart: Extract<Block, { type: 'chart' }>['chart'], id: string, files: Map<string, Uint8Array>): Promise<object> {
  const { title, source } = chart;
  if (chart.kind === 'noData') return { type: 'chart', title, source, reason: chart.reason };
  const path = `/charts/${id}.svg`;
  files.set(path, new TextEncoder().encode(inReportFont(await pictureOf(chart, id)).svg));
  return { type: 'chart', title, source, picture: path, alt: chartAsText(chart).slice(0, 2_000) };
}
