/** Markup that escapes by default: only what this template built goes onto the page as it is. */

/** Text that is already safe markup. Made by `html` alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type Part = Markup | string | number | undefined | false | readonly Part[];

/** Characters that HTML gives a meaning, in text and in double-quoted attributes. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Not allowed in HTML or turning the text around them; the document should hold none, this is the second lock. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

export function escapeHtml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '');
}

/** Tagged template: every value is escaped unless it is `Markup`; lists are joined, `undefined` and `false` are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += write(part) + (strings[index + 1] ?? '');
  return new Markup(text);
}
function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(write).join('');
  return escapeHtml(String(part));
}

/** Marks text as safe. Only for what a program made: pictures of the drawing engine, style sheets. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** A text as a CSS string, for the head and foot of printed pages. Everything but letters and digits is escaped. */
export function cssString(text: string): string {
  const inner = [...text.replace(FORBIDDEN, '')].map((letter) => (/^[\p{L}\p{N} ]$/u.test(letter) ? letter : `\\${(letter.codePointAt(0) ?? 0xfffd).toString(16)} `));
  return `"${inner.join('')}"`;
}

/** `code` in backticks becomes an element; a lone backtick stays what it is. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${command(part)}</code>` : part))}`;
}

/** A command breaks between its words: `--flag` in two halves could not be read. Long words may break anywhere. */
function command(code: string): Part {
  return code.split(/( +)/).map((word) => (word.includes('-') && word.length <= 48 ? html`<span>${word}</span>` : word));
}

/** A name that may break behind `-`, `.`, `/`, `:` and `_` and before a capital (`ResourceQuota`), and nowhere inside a word or a number; its last sign or two do not stand alone (`worker-1`). */
export function breakable(name: string): Markup {
  return html`${name.split(/(?<=[^\s/-][-/:_]|\.(?!\d))(?=[^-./:_])(?!\w{1,2}(?![\w\-./:]))|(?<=[a-z]{3})(?=[A-Z][a-z]{3})/).map((part, index) => (index === 0 ? part : html`<wbr>${part}`))}`;
}

/** A long word gives way between its parts first (`kubernetes.io/releases`), a path of words at its strokes (`Asia/Shanghai`), and no run of letters is so long that its column pushes the others off the page. */
export function soft(text: string): Markup {
  return html`${text.split(/([^\s\p{Script=Han}]{18,})/u).map((part, index) => (index % 2 === 0 ? path(part) : longWord(part)))}`;
}
function path(text: string): Markup {
  return html`${text.split(/(?<=\p{L}{2}\/)(?=\p{L}{3})/u).map((part, index) => (index === 0 ? part : html`<wbr>${part}`))}`;
}
function longWord(word: string): Markup {
  return html`${word.split(/(?<=[^\s/-][-/:_]|[.,](?!\d))(?=[^-./:_,])/).map((part, index) => html`${index > 0 && html`<wbr>`}${part.split(/(?<=\S{28,})(?=\S)/).map((letters, place) => (place === 0 ? letters : html`<wbr>${letters}`))}`)}`;
}
/** A day is never broken, wherever its column ends; a time may stand below it. @param rest writes what is between */
export function dated(text: string, rest: (text: string) => Markup = soft): Markup {
  return html`${text.split(/(\d{4}-\d\d-\d\d)/).map((part, index) => (index % 2 === 1 ? html`<span class="day">${part}</span>` : rest(part)))}`;
}
