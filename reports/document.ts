/** A written report: chapters as blocks, and the texts of cover, head and foot. What every renderer starts from. */

import type { Locale } from '../agent/wire/vocabulary.ts';
import { type Block, callout, paragraph, type TableBlock } from './blocks.ts';
import type { Chapter } from './chapters/chapter.ts';
import { withColumnWidths } from './column-widths.ts';
import { coverFacts, listsFact } from './cover-facts.ts';
import { formatDate, NO_VALUE, say } from './format.ts';
import type { ReportKind } from './kinds/kind.ts';
import type { ReportModel } from './model.ts';
import { printableModel } from './printable.ts';
import { draftNote, markedTitle, type Readiness, readinessFacts, readinessOf, titleOfReport, unsigned } from './readiness.ts';

export interface WrittenChapter {
  readonly id: string;
  /** With its number: `3 计算节点`. */
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Follows the chapter before it on the same page. */
  readonly runsOn: boolean;
  /** Looked up rather than read. */
  readonly lookedUp: boolean;
}
export interface ReportDocument {
  readonly locale: Locale;
  readonly title: string;
  /** Whom or what it is about, in one line; empty when nothing was reached. */
  readonly subject: string;
  readonly confidentiality: string;
  /** Facts of the cover by name. */
  readonly facts: readonly (readonly [string, string])[];
  readonly revisions: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly chapters: readonly WrittenChapter[];
  readonly contentsTitle: string;
  readonly revisionsTitle: string;
  /** One line for the foot of every page. */
  readonly foot: string;
}

/** Writes every chapter. Foreign texts are made printable here, once, so no format can be broken by them. */
export function writeDocument(kind: ReportKind, foreign: ReportModel, locale: Locale): ReportDocument {
  const model = printableModel(foreign);
  const { period, product, subject } = model;
  const readiness = readinessOf(kind, model);
  const title = markedTitle(titleOfReport(kind, model)[locale], readiness, locale);
  const about = [subject.customer, subject.domains.includes('cluster') ? subject.cluster : undefined, subject.host].filter((part) => part !== undefined && part !== '').join(' · ');
  const confidentiality = say(locale, '内部', 'Internal');
  const sha = product.snapshotSha256.slice(0, 12);
  return {
    locale,
    title,
    subject: about,
    confidentiality,
    facts: [...readinessFacts(readiness, locale), ...coverFacts(model, locale)],
    revisions: {
      head: locale === 'zh' ? ['版本', '日期', '编制', '审核', '说明'] : ['Version', 'Date', 'Prepared by', 'Reviewed by', 'Note'],
      rows: model.revisions?.map(({ version, at, by, reviewedBy = '', note }) => [version, formatDate(at, period.zoneMinutes), by, reviewedBy, note[locale]]) ?? [
        // What nobody may sign yet is no first version.
        [
          readiness.state === 'draft' ? '0.1' : '1.0',
          formatDate(lastDay(model), period.zoneMinutes),
          `xunjian ${product.version}`,
          '',
          readiness.state === 'ready'
            ? say(locale, '由巡检数据自动生成，审核人在“审核”栏签名', 'Generated from inspection data; the reviewer signs under "Reviewed by"')
            : say(locale, '由巡检数据自动生成', 'Generated from inspection data'),
        ],
      ],
    },
    chapters: captioned(numbered(kind, model, readiness, locale), locale),
    contentsTitle: say(locale, '目录', 'Contents'),
    revisionsTitle: say(locale, '修订记录', 'Revisions'),
    foot: `xunjian ${product.version} · ${say(locale, '数据快照', 'snapshot')} sha256 ${sha}`,
  };
}

/** Lists may count up to a later moment than the last inspection: no version is older than what is in it. */
function lastDay(model: ReportModel): number {
  const { asOf, to = asOf } = model.period;
  return listsFact(model, 'zh').length > 0 ? Math.max(asOf, to) : asOf;
}

function numbered({ front, body, back }: ReportKind, model: ReportModel, readiness: Readiness, locale: Locale): readonly WrittenChapter[] {
  const write = (chapter: Chapter): readonly WrittenChapter[] => {
    const blocks = (chapter.signs && unsigned(readiness, locale)) || saidOnce(chapter, chapter.write(model, locale), model, locale);
    return blocks.length > 0 ? [{ id: chapter.id, title: chapter.title[locale], blocks, runsOn: chapter.runsOn ?? false, lookedUp: chapter.lookedUp ?? false }] : [];
  };
  const numberedBody = body.flatMap(write).map((chapter, index) => ({ ...chapter, title: `${index + 1} ${chapter.title}` }));
  const [first, ...rest] = [...front.flatMap(write), ...numberedBody, ...back.flatMap(write)];
  if (!first) return [];
  return [{ ...first, blocks: [...draftNote(readiness, locale), ...recalledNote(model, locale), ...first.blocks] }, ...rest];
}

/** What a draft lacks is listed at its beginning: a chapter that has nothing else does not explain it again. */
function saidOnce({ awaits }: Chapter, blocks: readonly Block[], model: ReportModel, locale: Locale): readonly Block[] {
  const isEmpty = blocks.length > 0 && blocks.every((block) => block.type === 'callout' && block.tone === 'unknown');
  return isEmpty && awaits && awaits(model).length > 0
    ? [paragraph(say(locale, '未提供，补充方法见报告开头。', 'Not provided; how to add it is at the beginning of this report.'), 'note')]
    : blocks;
}

/** Tables and figures are numbered through the report, so that people can name them. What is empty or only on a screen has no number. */
function captioned(chapters: readonly WrittenChapter[], locale: Locale): readonly WrittenChapter[] {
  let tables = 0;
  let figures = 0;
  const caption = (block: Block): Block => {
    if (block.type === 'table' && block.rows.length > 0) {
      tables += 1;
      return { ...withColumnWidths(withoutEmptyColumns(block)), title: say(locale, `表 ${tables}：${block.title}`, `Table ${tables}: ${block.title}`) };
    }
    if (block.type !== 'chart' || block.chart.kind === 'noData') return block;
    figures += 1;
    return { ...block, chart: { ...block.chart, title: say(locale, `图 ${figures}：${block.chart.title}`, `Figure ${figures}: ${block.chart.title}`) } };
  };
  return chapters.map((chapter) => ({ ...chapter, blocks: chapter.blocks.map((block) => untitled(block, chapter.title) ?? caption(block)) }));
}

/** An empty list under a heading of the same words says its sentence alone. */
function untitled(block: Block, heading: string): Block | undefined {
  return block.type === 'table' && block.rows.length === 0 && heading.replace(/^\d+ /, '') === block.title ? paragraph(block.empty) : undefined;
}

/** Columns that may be left out are, where no row has a value for them. */
export function withoutEmptyColumns(table: TableBlock): TableBlock {
  const kept = table.columns.map(({ optional }, index) => !optional || table.rows.some((row) => row[index]?.text !== NO_VALUE));
  if (kept.every(Boolean)) return table;
  return { ...table, columns: table.columns.filter((_, index) => kept[index]), rows: table.rows.map((row) => row.filter((_, index) => kept[index])) };
}

/** Before everything else: a reader must not take what is kept no longer for what was never there. */
function recalledNote({ recalled, period }: ReportModel, locale: Locale): readonly Block[] {
  if (!recalled) return [];
  const asOf = formatDate(period.asOf, period.zoneMinutes);
  return [
    callout(
      'unknown',
      say(locale, '原始巡检数据已超过保留期', 'The original inspection data is past its retention period'),
      say(
        locale,
        `本报告依据仍保留的数据编制：每日汇总（截至 ${asOf}）、问题的起止时间、事件、变更与登记内容。节点、工作负载、组件的明细和逐项检查结论不再保留，相应各节注明“明细已超过保留期”。`,
        `This report is based on data that is kept longer: daily summaries (up to ${asOf}), start and end of each issue, incidents, changes and records. Details of nodes, workloads and components and individual check results are no longer available; the sections concerned say so.`,
      ),
    ),
  ];
}
