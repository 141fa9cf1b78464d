/** What a schema refuses, in words for people: one place for all that people fill in. Values that were given are never said. */
import type { z } from 'zod';
import type { Text } from '../agent/wire/vocabulary.ts';
import { NOT_A_ZONE } from './support/zone.ts';

type Issue = z.core.$ZodIssue;

/** Sentences of our own schemas, and what they mean to people. */
const OWN: Readonly<Record<string, Text>> = {
  'one line of text': { zh: '只能是一行文字', en: 'one line of text' },
  text: { zh: '含有不能使用的控制字符', en: 'it holds control characters' },
  'an id': { zh: '不是有效的标识', en: 'no id of ours' },
  '2026-10-01 or 2026-10-01T08:00:00+08:00': {
    zh: '应为日期（2026-10-01）或带时区的时刻（2026-10-01T08:00:00+08:00）',
    en: 'a day (2026-10-01) or a moment with its offset (2026-10-01T08:00:00+08:00)',
  },
  'a code of ISO 4217 such as CNY': { zh: '应为 ISO 4217 货币代码，例如 CNY', en: 'a code of ISO 4217 such as CNY' },
  [NOT_A_ZONE]: { zh: '应为 IANA 时区，例如 Asia/Shanghai（不用 CST 一类缩写）', en: 'an IANA time zone such as Asia/Shanghai, no abbreviation such as CST' },
  'letters, digits, . _ @ + -': { zh: '只能包含字母、数字和 . _ @ + -', en: 'letters, digits, . _ @ + - only' },
};
const FORMATS: Readonly<Record<string, Text>> = {
  email: { zh: '应为邮箱地址', en: 'an e-mail address' },
  url: { zh: '应为网址（http:// 或 https:// 开头）', en: 'an address that begins with http:// or https://' },
  date: { zh: '应为日期，例如 2026-01-31', en: 'a date such as 2026-01-31' },
  datetime: { zh: '应为日期和时间', en: 'a date and a time' },
  uuid: { zh: '不是有效的标识', en: 'no id of ours' },
};
const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: '应为文字', en: 'a text' },
  number: { zh: '应为数字', en: 'a number' },
  int: { zh: '应为整数', en: 'a whole number' },
  boolean: { zh: '应为是或否', en: 'yes or no' },
  array: { zh: '应为列表', en: 'a list' },
  object: { zh: '结构不正确', en: 'an object' },
};
const NEEDED: Text = { zh: '必填', en: 'is needed' };
const WRONG: Text = { zh: '格式不正确', en: 'is not in the form that it needs' };
/** More choices than these are not listed. */
const MOST_CHOICES = 8;

export function issueWords(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return missing(issue) ? NEEDED : (TYPES[issue.expected] ?? WRONG);
    case 'invalid_format':
      return OWN[issue.message] ?? FORMATS[issue.format] ?? WRONG;
    case 'too_small':
      return tooSmall(String(issue.minimum), issue.origin, issue.inclusive !== false);
    case 'too_big':
      return tooBig(String(issue.maximum), issue.origin, issue.inclusive !== false);
    case 'invalid_value': {
      const choices = issue.values.length <= MOST_CHOICES ? issue.values.map(String).join(', ') : '';
      return choices === '' ? { zh: '不是可选的值', en: 'none of the choices' } : { zh: `可选：${choices}`, en: `one of ${choices}` };
    }
    case 'unrecognized_keys':
      return { zh: '含有未知的字段', en: 'it holds fields that are not known' };
    case 'not_multiple_of':
      return { zh: `应为 ${issue.divisor} 的倍数`, en: `a multiple of ${issue.divisor}` };
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return WRONG;
    case 'custom':
      return OWN[issue.message] ?? WRONG;
    default:
      return issue satisfies never;
  }
}
function missing({ message, input }: { readonly message: string; readonly input?: unknown }): boolean {
  return input === undefined && message.endsWith('received undefined');
}
function tooSmall(least: string, origin: string, isInclusive: boolean): Text {
  if (origin === 'string') return least === '1' ? NEEDED : { zh: `至少 ${least} 个字符`, en: `at least ${least} characters` };
  if (origin === 'array' || origin === 'set') return { zh: `至少 ${least} 项`, en: `at least ${least} of them` };
  return isInclusive ? { zh: `不能小于 ${least}`, en: `at least ${least}` } : { zh: `必须大于 ${least}`, en: `more than ${least}` };
}
function tooBig(most: string, origin: string, isInclusive: boolean): Text {
  if (origin === 'string') return { zh: `最多 ${most} 个字符`, en: `at most ${most} characters` };
  if (origin === 'array' || origin === 'set') return { zh: `最多 ${most} 项`, en: `at most ${most} of them` };
  return isInclusive ? { zh: `不能大于 ${most}`, en: `at most ${most}` } : { zh: `必须小于 ${most}`, en: `less than ${most}` };
}
