/** What can go wrong with a report, in both languages, and the exit code of it. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { AppError } from '../../collector/errors.ts';
import { NothingToReport } from '../../collector/reports/make-report.ts';
import { RenderError } from '../../collector/reports/render-process.ts';
import type { ReportFault } from '../../collector/reports/report.ts';
import { ExitCode } from '../exit-code.ts';

/** A report could not be had, for a reason that the user can do something about. */
export class ReportTrouble extends Error {
  override readonly name = 'ReportTrouble';
  readonly words: Text;
  constructor(words: Text) {
    super(words.en);
    this.words = words;
  }
}

const FAULTS: Readonly<Record<ReportFault, Text>> = {
  'no-data': {
    zh: '该周期内没有巡检数据；请确认客户、集群与日期，原始巡检默认保留 30 天',
    en: 'there is no inspection in the period; check customer, cluster and dates (raw inspections are kept for 30 days by default)',
  },
  'not-found': { zh: '没有该客户或集群', en: 'no such customer or cluster' },
  crashed: { zh: '生成进程意外结束（可能内存不足）', en: 'the rendering process ended unexpectedly (out of memory?)' },
  timeout: { zh: '生成超时', en: 'rendering took too long' },
  malformed: { zh: 'report.json 不是本版本的报告数据', en: 'report.json is not a document of this version' },
  render: { zh: '无法生成', en: 'it could not be rendered' },
  'too-large': { zh: '报告过大', en: 'the report is too large' },
  lost: { zh: '已中断', en: 'interrupted' },
  internal: { zh: '内部错误，请附上版本号报告此问题', en: 'internal error, please report it with the version' },
};

export function faultWords(fault: ReportFault, locale: Locale): string {
  return FAULTS[fault][locale];
}

/** One line for what is known; nothing for what is not. */
export function reportFault(error: unknown, locale: Locale): readonly [string | undefined, ExitCode] {
  const colon = locale === 'zh' ? '：' : ': ';
  if (error instanceof NothingToReport) return [FAULTS['no-data'][locale], ExitCode.nothingInspected];
  if (error instanceof RenderError) return [`${FAULTS[error.fault][locale]}${error.detail === '' ? '' : `${colon}${error.detail}`}`, ExitCode.usage];
  if (error instanceof ReportTrouble) return [error.words[locale], ExitCode.usage];
  if (error instanceof AppError) return [error.message, ExitCode.usage];
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^E[A-Z]+$/.test(code)) {
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : '';
    return [`${locale === 'zh' ? '无法读写文件' : 'a file cannot be read or written'}${colon}${code}${path}`, ExitCode.usage];
  }
  return [undefined, ExitCode.usage];
}
