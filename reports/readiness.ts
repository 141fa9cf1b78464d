/**
 * Whether a report may be signed. Nobody signs what is not there yet: a report that still waits for people, or for data that only
 * a service's records hold, is a draft and says what it lacks; one about nothing, such as a fault report of a period without a
 * fault, is for the file.
 */
import type { Locale, Text } from '../agent/wire/vocabulary.ts';
import type { Block } from './blocks.ts';
import { callout, paragraph } from './blocks.ts';
import { say } from './format.ts';
import type { ReportKind } from './kinds/kind.ts';
import type { ReportModel } from './model.ts';

/** A part that a report lacks, and how it comes in. */
export interface Awaited {
  readonly part: Text;
  readonly how: Text;
}
export type Readiness = { readonly state: 'ready' } | { readonly state: 'draft'; readonly awaited: readonly Awaited[] } | { readonly state: 'nothing-to-sign'; readonly why: Text };

/** What a report of this kind lacks before anybody signs it. */
export function readinessOf({ front, body, back, vacant }: Pick<ReportKind, 'front' | 'body' | 'back' | 'vacant'>, model: ReportModel): Readiness {
  // A sign-off page is about a report that is finished.
  if (model.signOff) return { state: 'ready' };
  const awaited = [...front, ...body, ...back].flatMap((chapter) => chapter.awaits?.(model) ?? []);
  if (awaited.length > 0) return { state: 'draft', awaited };
  const why = vacant?.(model);
  return why ? { state: 'nothing-to-sign', why } : { state: 'ready' };
}

/** What a report calls itself: a monthly report of half a year is none. */
export function titleOfReport({ title, span }: Pick<ReportKind, 'title' | 'span'>, { period: { from, to, asOf } }: Pick<ReportModel, 'period'>): Text {
  // A day more for the hour that a change of the clocks adds.
  return span && from !== undefined && (to ?? asOf) - from > (span.days + 1) * 86_400 ? span.longer : title;
}
/** `故障报告（草稿）`: on the cover, in the head of every page and among a file's properties. */
export function markedTitle(title: string, { state }: Readiness, locale: Locale): string {
  return state === 'draft' ? say(locale, `${title}（草稿）`, `${title} (DRAFT)`) : title;
}
/** For the cover, and for the first sheet of a workbook. */
export function readinessFacts(readiness: Readiness, locale: Locale): readonly (readonly [string, string])[] {
  switch (readiness.state) {
    case 'ready':
      return [];
    case 'draft':
      return [
        [
          say(locale, '状态', 'Status'),
          say(locale, `草稿，不作签字依据：缺${partsOf(readiness, locale)}，见正文开头`, `Draft, not for signature. Missing: ${partsOf(readiness, locale)}; see the first chapter`),
        ],
      ];
    case 'nothing-to-sign':
      return [[say(locale, '状态', 'Status'), say(locale, '仅供存档，无需签字', 'For the record; no signature needed')]];
    default:
      return readiness satisfies never;
  }
}
/** More parts than this are counted: they are named at the beginning of the report. */
const MOST_NAMED = 3;
function partsOf({ awaited }: Extract<Readiness, { state: 'draft' }>, locale: Locale): string {
  if (awaited.length > MOST_NAMED) return say(locale, `${awaited.length} 项内容`, `${awaited.length} parts`);
  return awaited.map(({ part }) => part[locale]).join(say(locale, '、', '; '));
}

/** Before everything else: a reader must know what a draft lacks. */
export function draftNote(readiness: Readiness, locale: Locale): readonly Block[] {
  if (readiness.state !== 'draft') return [];
  return [
    callout(
      'warning',
      say(locale, '草稿', 'Draft'),
      say(
        locale,
        '以下内容补齐之前，本报告不作签字依据，也不请客户确认。所列文件放入 --parts 指定的目录，或用 xunjian report import 登记到收集端，然后重新生成，即为正式报告。',
        'Until the parts below are added, this report is neither for signature nor for confirmation by the customer. Put the files named into the directory given by --parts, or register them with the collector (xunjian report import), then generate the report again for the final version.',
      ),
    ),
    {
      type: 'list',
      ordered: false,
      items: readiness.awaited.map(({ part, how }) => say(locale, `${part.zh}：${how.zh}`, `${part.en.charAt(0).toUpperCase()}${part.en.slice(1)}: ${how.en}`)),
    },
  ];
}

/** In place of the signatures. */
export function unsigned(readiness: Readiness, locale: Locale): readonly Block[] | undefined {
  switch (readiness.state) {
    case 'ready':
      return undefined;
    case 'draft':
      return [
        paragraph(
          say(
            locale,
            `本报告为草稿，此处暂无签字栏。签字前须先补充：${partsOf(readiness, 'zh')}（清单与方法见正文开头）。`,
            `This report is a draft and carries no signature block yet. To be added first: ${partsOf(readiness, 'en')} (listed with instructions in the first chapter).`,
          ),
        ),
      ];
    case 'nothing-to-sign':
      return [paragraph(readiness.why[locale])];
    default:
      return readiness satisfies never;
  }
}
