/** A form that a customer fills in: what is asked, how it is found out, and what a value means. Pure data. */
import type { Severity, Text, Unit } from '../../agent/wire/vocabulary.ts';
import type { CheckGroup } from '../facts/middleware.ts';

export interface FormChoice {
  /** As the report keeps it. */
  readonly value: string;
  readonly words: Text;
}
export interface FormItem {
  /** Stable: filled-in forms are read by it. */
  readonly id: string;
  /** `about`: what the form is about; all others are checked. */
  readonly group: 'about' | CheckGroup;
  readonly label: Text;
  readonly kind: 'text' | 'number' | 'yes-no' | 'date' | 'choice';
  readonly unit?: Unit | undefined;
  readonly choices?: readonly FormChoice[] | undefined;
  /** Command or place where the answer is found. */
  readonly how?: Text | undefined;
  readonly required?: boolean | undefined;
  /** What is wrong; a value without a limit is only recorded. */
  readonly limit?: { readonly above?: number; readonly below?: number; readonly not?: string; readonly severity: Severity } | undefined;
  /** What an answer beyond the limit is called, and what to do about it. */
  readonly problem?: Text | undefined;
  readonly remedy?: Text | undefined;
  /** As the form prints the advice. */
  readonly advised?: Text | undefined;
  readonly source?: string | undefined;
}
export interface Form {
  readonly id: string;
  /** Raised when an id changes its meaning. */
  readonly version: number;
  readonly title: Text;
  readonly intro: Text;
  readonly items: readonly FormItem[];
}
export const GROUP_TITLES: Readonly<Record<FormItem['group'], Text>> = {
  about: { zh: '基本信息', en: 'About' },
  platform: { zh: '① 平台基本信息', en: '① Platform' },
  resources: { zh: '② 资源占用', en: '② Resources' },
  load: { zh: '③ 负载与性能', en: '③ Load and performance' },
  configuration: { zh: '④（一）关键配置', en: '④a Key configuration' },
  log: { zh: '④（二）系统日志', en: '④b System log' },
};
/** In the first cell of a filled-in sheet: which form it is. */
export function markOf({ id, version }: Form): string {
  return `xunjian-form ${id} ${version}`;
}
/** Longest answer, in characters. */
export const LONGEST_ANSWER = 400;
