/**
 * Makes foreign texts fit to print. Names come from clusters and machines that anybody may have named: control
 * characters, direction overrides and texts of a megabyte must not reach a page in any format.
 */
import type { ReportModel } from './model.ts';

/** Longest name on a page. */
export const LONGEST_NAME = 120;
/** Longest text that our own catalogue may hold. */
const LONGEST_TEXT = 2_000;
/** Longest chapter that a person may write. */
const LONGEST_PART = 200_000;

/** Control, zero-width, bidirectional and tag characters, and lone surrogates: invisible, or they turn the text around them. */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\u{00AD}\u{061C}\u{115F}\u{1160}\u{180E}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{2069}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}\p{NChar}]+/gu;
/** More than three combining marks on one letter is paint, not language. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** What most texts are: nothing in them has to be changed. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** One line of visible characters, cut at `longest` with an ellipsis. */
export function printableText(foreign: string, longest = LONGEST_NAME): string {
  if (foreign.length <= longest && PLAIN.test(foreign)) return foreign;
  const short = foreign.slice(0, longest * 8);
  const visible = short.replace(UNPRINTABLE, ' ').replace(STACKED_MARKS, '$1').replace(/\s+/g, ' ').trim();
  const isWhole = short.length === foreign.length;
  if (isWhole && visible.length <= longest) return visible;
  const letters = [...visible];
  if (isWhole && letters.length <= longest) return visible;
  return `${letters.slice(0, longest).join('').trimEnd()}…`;
}

/** Many lines, each printable; line ends and nothing else of the control characters stay. */
export function printableLines(foreign: string, longest = LONGEST_PART): string {
  const lines = foreign
    .slice(0, longest)
    .split(/\r\n|\n|\r/)
    .map((line) => /^\s*/.exec(line.replaceAll('\t', '  '))?.[0].slice(0, 8).concat(printableText(line, LONGEST_TEXT)) ?? '');
  return foreign.length > longest ? `${lines.join('\n')}…` : lines.join('\n');
}

/** Sentences of people and of policies, by the names of their fields: longer than a name, still bounded. */
const SENTENCES: ReadonlySet<string> = new Set(['zh', 'en', 'text', 'steps', 'rollback', 'value', 'note', 'reason']);
/** Markdown: line ends have a meaning. */
const MARKDOWN: ReadonlySet<string> = new Set(['markdown', 'impact', 'cause', 'solution']);
/** Short texts in two languages. */
const TITLES: ReadonlySet<string> = new Set(['title', 'levelLabel', 'role']);

/** The model with every text printable. Texts of the catalogue are ours and may be longer. */
export function printableModel(model: ReportModel): ReportModel {
  const printable = Object.entries(model).map(([name, value]) => [name, walkUnknown(value, name === 'checks' ? LONGEST_TEXT : LONGEST_NAME, name, false)]);
  return Object.fromEntries(printable) as ReportModel; // keeps the shape: only the characters of texts change
}

function walkUnknown(value: unknown, longest: number, key: string, titled: boolean): unknown {
  if (typeof value === 'string') {
    if (MARKDOWN.has(key)) return printableLines(value);
    return printableText(value, !titled && SENTENCES.has(key) ? LONGEST_TEXT : longest);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => walkUnknown(entry, longest, key, titled));
  const areTitles = TITLES.has(key) && longest === LONGEST_NAME;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, walkUnknown(entry, longest, name, areTitles)]));
}
