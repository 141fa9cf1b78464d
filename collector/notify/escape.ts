/** Foreign text made harmless for each medium. Control and direction characters were taken out before (`printableText`). */
import { printableText } from '../../reports/printable.ts';

/** One visible line of at most `longest` characters. */
export function line(text: string, longest = 200): string {
  return printableText(text, longest);
}
/** Several lines, each visible; what is longer ends in an ellipsis. */
export function lines(text: string, longest: number): string {
  const all = text.slice(0, longest * 4).split(/\r\n|[\n\r\u2028\u2029]/);
  const kept = all
    .slice(0, 60)
    .map((one) => line(one, 2_000))
    .join('\n')
    .trim();
  const letters = [...kept];
  return letters.length <= longest && all.length <= 60 ? kept : `${letters.slice(0, longest).join('')}…`;
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => HTML[letter] ?? '');
}

/** Full-width twins of what the robots' dialects of Markdown act on: each dialect escapes differently, none acts on these. */
const TWINS: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '*': '＊',
  '`': '｀',
  '#': '＃',
  '~': '～',
  '|': '｜',
  '\\': '＼',
  '@': '＠',
};
/** No emphasis, link, picture, mention or heading comes out of it, and no address that a chat client would make a link. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[[\]<>*`#~|\\@]/g, (letter) => TWINS[letter] ?? '')
    .replace(/_(?=_)|(?<=_)_/g, '＿')
    .replace(/(^|\n)(\s*)(?=[-+=]|\d+\.)/g, '$1$2·') // no list, no underlined heading
    .replace(/:\/\//g, '：／／')
    .replace(/\bwww\./gi, 'www．');
}

/** At most `most` bytes of UTF-8, whole characters, with an ellipsis when it was cut. */
export function cutBytes(text: string, most: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= most) return text;
  let end = most - 3; // the ellipsis
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}…`;
}
