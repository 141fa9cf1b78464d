/**
 * Markdown for the parts that people write, parsed by `marked` and reduced to blocks: headings (all as sections), paragraphs, lists,
 * tables, code. HTML is text like any other, of a picture only its words are left, and nothing is ever fetched: what a person pastes
 * can change words, never the document.
 */
import { Lexer, type Token, type Tokens } from 'marked';
import type { Block, TableBlock } from './blocks.ts';
import { heading, paragraph, words } from './blocks.ts';

/** More than this of one part is cut; a report is no file store. */
const MOST_LINES = 4_000;
const LONGEST_LINE = 4_000;
const LONGEST_TEXT = 200_000;
const MOST_ROWS = 200;
const MOST_COLUMNS = 10;
/** Marks in a row that nest: a parser goes down one call for each. */
const DEEPEST = 8;

/** @param title of tables, which Markdown gives none */
export function markdownBlocks(markdown: string, title: string): readonly Block[] {
  const text = markdown.slice(0, LONGEST_TEXT).replaceAll(/\r\n?/g, '\n').split('\n').slice(0, MOST_LINES).map(bounded).join('\n');
  return tokensOf(text).flatMap((token) => blocksOf(token, title));
}
/** Markers at a line's begin, and brackets and stars within it, are cut where they only nest. */
function bounded(line: string): string {
  return line
    .slice(0, LONGEST_LINE)
    .replace(/^\s{13,}/, ' '.repeat(12))
    .replace(/^(?:\s*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s))){9,}/, (marks) => [...marks.matchAll(/\s*(?:>|[-*+]|\d{1,9}[.)])/g)].slice(0, DEEPEST).join(''))
    .replace(/([[\]*_`~!(<])\1{8,}/g, (marks) => marks.slice(0, DEEPEST));
}
function tokensOf(text: string): readonly Token[] {
  try {
    return new Lexer({ gfm: true }).lex(text);
  } catch {
    // Whatever the parser cannot stand is printed as it was written.
    return text.split(/\n{2,}/).map((part) => ({ type: 'paragraph', raw: part, text: part, tokens: [{ type: 'text', raw: part, text: part }] }));
  }
}

function blocksOf(token: Token, title: string): readonly Block[] {
  switch (token.type) {
    case 'heading':
      return [heading(inline(token.tokens), 3)];
    case 'paragraph':
    case 'text':
      return textBlock(inline(token.tokens) || token.raw);
    case 'html':
      return token.raw.split(/\n{2,}/).flatMap((part) => textBlock(joined(part.split('\n'))));
    case 'code':
      return (token as Tokens.Code).text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [paragraph(`\`${line.replaceAll('`', '´')}\``)]));
    case 'blockquote':
      return (token.tokens ?? []).flatMap((inner) => blocksOf(inner, title));
    case 'list':
      return listBlocks(token as Tokens.List, title);
    case 'table':
      return [tableBlock(token as Tokens.Table, title)];
    default:
      return []; // rules, empty lines, definitions of links
  }
}
function textBlock(text: string): readonly Block[] {
  return text.trim() === '' ? [] : [paragraph(text.trim())];
}

/** What lies deeper than an item stands behind it with a dash; tables and code in an item follow the list. */
function listBlocks(list: Tokens.List, title: string): readonly Block[] {
  const items: string[] = [];
  const after: Block[] = [];
  const add = ({ items: own }: Tokens.List, mark: string): void => {
    for (const item of own) {
      items.push(`${mark}${boxOf(item)}${joined(item.tokens.filter(isText).map((token) => inline((token as Tokens.Text).tokens) || token.raw))}`);
      for (const token of item.tokens) {
        if (token.type === 'list') add(token as Tokens.List, mark === '' ? '– ' : `${mark}– `);
        else if (!isText(token)) after.push(...blocksOf(token, title));
      }
    }
  };
  add(list, '');
  return [{ type: 'list', ordered: list.ordered, items: items.slice(0, MOST_LINES) }, ...after];
}
function isText({ type }: Token): boolean {
  return type === 'text' || type === 'paragraph';
}
function boxOf({ task, checked }: Tokens.ListItem): string {
  if (!task) return '';
  return checked ? '☑ ' : '☐ ';
}

function tableBlock({ header, rows }: Tokens.Table, title: string): TableBlock {
  return {
    type: 'table',
    title,
    columns: header.slice(0, MOST_COLUMNS).map(({ tokens }) => words(inline(tokens), 'prose', 1)),
    rows: rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS).map(({ tokens }) => ({ text: inline(tokens) }))),
    total: rows.length,
    empty: '—',
  };
}

/** Words alone: code stays in backticks, other marks go; an address is written out. */
function inline(tokens: readonly Token[] | undefined): string {
  return joined((tokens ?? []).map(wordsOf).join('').split('\n'));
}
function wordsOf(token: Token): string {
  switch (token.type) {
    case 'codespan':
      return `\`${token.text.replaceAll('`', '´')}\``;
    case 'em':
      if (/^\*[\d.]+\*$/.test(token.raw)) return token.raw; // 2*3*4 is a product
      return (token.tokens ?? []).map(wordsOf).join('');
    case 'strong':
    case 'del':
      return (token.tokens ?? []).map(wordsOf).join('');
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const label = (tokens ?? []).map(wordsOf).join('');
      return href === '' || href === label || href === `mailto:${label}` || href.replace(/^https?:\/\//, '') === label ? label : `${label} (${href})`;
    }
    case 'image':
      return token.text;
    case 'br':
      return '\n';
    case 'text':
      return token.tokens ? token.tokens.map(wordsOf).join('') : token.text;
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

/** Lines of one paragraph: no space where Chinese meets Chinese. */
function joined(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .reduce(
      (text, line) => (text === '' ? line : /[\p{Script=Han}，。；：、）」』”]$/u.test(text) && /^[\p{Script=Han}（「『“]/u.test(line) ? text + line : `${text} ${line}`),
      '',
    );
}
