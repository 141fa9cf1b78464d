/** What a report is to be: kind, formats, languages, period. The same words for `report` and `inspect --report`. */
import { LOCALES, type Locale } from '../agent/wire/vocabulary.ts';
import { readDate } from '../collector/reports/periods.ts';
import { REPORT_FORMATS, type ReportFormat } from '../collector/reports/report.ts';
import { notOneOf, UsageError } from './terminal/arguments.ts';

/** Words separated by commas, each once, in the order of the list. @throws UsageError */
function wordsOf<T extends string>(option: string, given: string, known: readonly T[]): readonly T[] {
  const words = given.split(',').map((word) => word.trim());
  const strange = words.find((word) => !known.some((one) => one === word));
  if (strange !== undefined) throw notOneOf(`--${option}`, strange, known);
  return known.filter((one) => words.includes(one));
}
export function formatsOf(given: string | undefined, usual: readonly ReportFormat[]): readonly ReportFormat[] {
  return given === undefined ? usual : wordsOf('format', given, REPORT_FORMATS);
}
export function localesOf(given: string | undefined, locale: Locale): readonly Locale[] {
  return given === undefined ? [locale] : wordsOf('lang', given, LOCALES);
}

/** @throws UsageError with the kinds there are */
export async function requireKind(kind: string): Promise<string> {
  const { kindIds, kindOf } = await import('../collector/reports/kinds.ts');
  const known = await kindOf(kind);
  if (known) return known.id;
  const ids = await kindIds();
  const shown = JSON.stringify(kind.slice(0, 40));
  throw new UsageError({ zh: `没有这种报告：${shown}，可选 ${ids.join('、')}`, en: `no such kind of report: ${shown}; there are ${ids.join(', ')}` });
}

/** Milliseconds; days are those of the zone, and `--to` names the last day. @throws UsageError */
export function periodOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string,
  now: number,
): { readonly from?: number; readonly to: number } {
  const begin = from === undefined ? undefined : momentOf('from', from, zone);
  const end = to === undefined ? now : momentOf('to', to, zone) + (to.length === 10 ? DAY_MS : 0);
  if (begin !== undefined && begin >= end) throw new UsageError({ zh: '--from 必须早于 --to', en: '--from has to be before --to' });
  if (begin !== undefined && begin >= now) throw new UsageError({ zh: '--from 在将来', en: '--from is in the future' });
  return { ...(begin !== undefined && { from: begin }), to: Math.min(end, now) };
}
const DAY_MS = 86_400_000;
function momentOf(option: string, text: string, zone: string): number {
  const at = readDate(text, zone);
  if (at !== undefined) return at;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new UsageError({
    zh: `--${option}：${shown} 不是日期，应为 2026-07-01 或 2026-07-01T08:00:00+08:00`,
    en: `--${option}: ${shown} is no date; give 2026-07-01 or 2026-07-01T08:00:00+08:00`,
  });
}
