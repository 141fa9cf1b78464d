/**
 * A small subset of Markdown for the parts that people write: `#` headings (all as sections), paragraphs, `-`/`*`/`1.` lists,
 * pipe tables, fenced code, and within text `code`, **strong**, *emphasis*, [text](url). HTML is text like any other, pictures
 * and nested lists are not read, and nothing is ever fetched: what a person pastes can change words, never the document.
 */
import type { Block, TableBlock } from './blocks.ts';
import { heading, paragraph, words } from './blocks.ts';

/** More than this of one part is cut; a report is no file store. */
const MOST_LINES = 4_000;
const MOST_ROWS = 200;
const MOST_COLUMNS = 10;

/** @param title of tables, which Markdown gives none */
export function markdownBlocks(markdown: string, title: string): readonly Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n').slice(0, MOST_LINES);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const rest = lines.slice(at);
    if (line.trim() === '') at += 1;
    else if (/^\s*(```|~~~)/.test(line)) at += fence(rest, blocks);
    else if (/^#{1,6}\s/.test(line)) {
      blocks.push(heading(inline(line.replace(/^#+\s+/, '').replace(/\s+#+\s*$/, '')), 3));
      at += 1;
    } else if (isTable(rest)) at += table(rest, title, blocks);
    else if (ITEM.test(line)) at += list(rest, blocks);
    else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) at += 1;
    else at += plain(rest, blocks);
  }
  return blocks;
}

const ITEM = /^\s{0,3}(?:[-*+]|\d{1,9}[.)])\s+(?=\S)/;
const ORDERED = /^\s{0,3}\d/;

/** Lines of a list until an empty one; lines without a mark go on with the item before. */
function list(lines: readonly string[], blocks: Block[]): number {
  const ordered = ORDERED.test(lines[0] ?? '');
  const items: string[] = [];
  let read = 0;
  for (const line of lines) {
    if (line.trim() === '') break;
    if (/^\s*(?:[-*+]|\d{1,9}[.)])\s+(?=\S)/.test(line)) {
      if (ITEM.test(line) && ORDERED.test(line) !== ordered) break;
      items.push(line.replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+/, ''));
    } else items[items.length - 1] += ` ${line.trim()}`;
    read += 1;
  }
  blocks.push({ type: 'list', ordered, items: items.map(inline) });
  return read;
}

function plain(lines: readonly string[], blocks: Block[]): number {
  let read = 0;
  const parts: string[] = [];
  for (const line of lines) {
    if (line.trim() === '' || (read > 0 && (ITEM.test(line) || /^#{1,6}\s|^\s*(```|~~~)/.test(line)))) break;
    parts.push(line.replace(/^\s*>\s?/, '').trim());
    read += 1;
  }
  blocks.push(paragraph(inline(joined(parts))));
  return read;
}
/** Lines of one paragraph: no space where Chinese meets Chinese. */
function joined(parts: readonly string[]): string {
  return parts.reduce((text, part) => (/[\p{Script=Han}，。；：、）」』”]$/u.test(text) && /^[\p{Script=Han}（「『“]/u.test(part) ? text + part : `${text} ${part}`), '').trim();
}

function fence(lines: readonly string[], blocks: Block[]): number {
  const mark = /^\s*(```|~~~)/.exec(lines[0] ?? '')?.[1] ?? '```';
  const end = lines.findIndex((line, index) => index > 0 && line.trim().startsWith(mark));
  const body = lines.slice(1, end === -1 ? lines.length : end);
  for (const line of body) if (line.trim() !== '') blocks.push(paragraph(`\`${line.replaceAll('`', '´')}\``));
  return end === -1 ? lines.length : end + 1;
}

const isTable = ([first = '', second = '']: readonly string[]): boolean =>
  first.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(second) && second.includes('-');
function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .slice(0, MOST_COLUMNS)
    .map((cell) => inline(cell.trim()));
}
function table(lines: readonly string[], title: string, blocks: Block[]): number {
  const end = lines.findIndex((line, index) => index > 1 && !line.includes('|'));
  const read = end === -1 ? lines.length : end;
  const head = cellsOf(lines[0] ?? '');
  const rows = lines.slice(2, read).map((line) => {
    const cells = cellsOf(line);
    return head.map((_, index) => ({ text: cells[index] ?? '' }));
  });
  const block: TableBlock = { type: 'table', title, columns: head.map((cell) => words(cell, 'prose', 1)), rows: rows.slice(0, MOST_ROWS), total: rows.length, empty: '—' };
  blocks.push(block);
  return read;
}

/** Marks within a text: code stays in backticks, the others go; an address is written out. */
function inline(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part
            .replace(/!?\[([^\][]*)\]\(([^()\s]*)(?:\s+"[^"]*")?\)/g, (_match, label: string, url: string) => (label === url || url === '' ? label : `${label} (${url})`))
            .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
            .replace(/(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])/g, '$1')
            .replace(/\\([\\`*_{}[\]()#+\-.!|>])/g, '$1'),
    )
    .join('');
}
