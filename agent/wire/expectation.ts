/** What is wrong with a value, in words that need no language, from the complaint of the schema. */
import type { z } from 'zod';

/** What would be right: a type, known words, a pattern, or a bound (`≥ 1`) of what is counted. */
export interface Expectation {
  readonly problem: 'missing' | 'wrong-type' | 'invalid';
  readonly expected?: string;
  /** What the bound counts; left out for the value itself. */
  readonly counts?: 'characters' | 'items';
}

/** The library's own sentences are English and never shown; words that a schema brings itself (`YYYY-MM-DD`) are. */
export function expectationOf(issue: z.core.$ZodIssue): Expectation {
  switch (issue.code) {
    case 'invalid_type':
      return { problem: issue.message.endsWith('undefined') ? 'missing' : 'wrong-type', expected: issue.expected };
    case 'invalid_value':
      return { problem: 'invalid', expected: issue.values.map(String).join(', ') };
    case 'too_small':
      return { problem: 'invalid', expected: `${issue.inclusive === false ? '>' : '≥'} ${issue.minimum}`, ...counts(issue.origin) };
    case 'too_big':
      return { problem: 'invalid', expected: `${issue.inclusive === false ? '<' : '≤'} ${issue.maximum}`, ...counts(issue.origin) };
    case 'not_multiple_of':
      return { problem: 'invalid', expected: `n × ${issue.divisor}` };
    case 'invalid_format':
      return { problem: 'invalid', expected: own(issue.message) ?? issue.pattern ?? issue.format };
    case 'invalid_union':
      return unionOf(issue.errors);
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0] ? { ...expectationOf(issue.issues[0]), problem: 'invalid' } : { problem: 'invalid' };
    default:
      return { problem: 'invalid', ...withText(own(issue.message)) };
  }
}

function counts(origin: string): Pick<Expectation, 'counts'> {
  if (origin === 'string') return { counts: 'characters' };
  return ['array', 'set', 'map', 'object'].includes(origin) ? { counts: 'items' } : {};
}

/** What any of the forms would take; missing when every form misses it. */
function unionOf(forms: readonly (readonly z.core.$ZodIssue[])[]): Expectation {
  const each = forms.flatMap(([first]) => (first ? [expectationOf(first)] : []));
  const words = [...new Set(each.flatMap(({ expected }) => expected ?? []))];
  const isMissing = each.length > 0 && each.every(({ problem }) => problem === 'missing');
  return { problem: isMissing ? 'missing' : 'invalid', ...withText(words.length > 0 ? words.join(' | ') : undefined) };
}

/** Words that the schema brings; the library's begin with these. */
function own(message: string): string | undefined {
  return /^(Invalid|Too (small|big)|Unrecognized)\b/.test(message) ? undefined : message;
}
function withText(expected: string | undefined): Pick<Expectation, 'expected'> {
  return expected === undefined ? {} : { expected };
}
