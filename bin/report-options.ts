/** What a report is to be: kind, formats, languages. The same words for `report` and `inspect --report`; light, since every inspection begins with it. */
import { LOCALES, type Locale } from '../agent/wire/vocabulary.ts';
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
