/** Words within a paragraph. Nothing here can be markup: texts become runs, control characters were removed before. */
import { type IRunOptions, NoBreakHyphen, TextRun } from 'docx';
import type { Cell, Column, Tone } from '../../blocks.ts';
import { emsOf } from '../../column-widths.ts';
import type { LIGHT } from '../../palette.ts';
import { ink, TEXT_FONT } from './styles.ts';

/** LibreOffice brings a font of its widths, as with the text: lines end where Word ends them. */
const CODE_FONT = { ascii: 'Courier New', hAnsi: 'Courier New', cs: 'Courier New', eastAsia: '微软雅黑' } as const;

/** A line of text between the margins, in ems of its type. */
const LINE_EMS = 40;
/** Signs that Chinese and Western texts share: Word takes them from the Western font, half as wide, unless it is told. */
const SHARED = /[“”‘’—…]/;
const HAN = /\p{Script=Han}/u;

/** A run whose figures stay with their units, and whose quotes and dashes are Chinese ones among Chinese. */
export function textRun(text: string, options: Omit<IRunOptions, 'text' | 'children'> = {}): TextRun {
  const isChinese = SHARED.test(text) && HAN.test(text);
  return new TextRun({ text: withUnits(text), ...options, ...(isChinese && { font: { ...TEXT_FONT, hint: 'eastAsia' } }) });
}
function withUnits(text: string): string {
  return text.replace(/(?<=\d) (?=(?:[%‰℃]|[KMGT]?i?B\b))/g, '\u00a0');
}
/** `code` in backticks is set apart. */
export function prose(text: string, room = LINE_EMS): readonly TextRun[] {
  return text
    .split('`')
    .map((part, index) =>
      index % 2 === 1
        ? new TextRun({ text: breakable(part, room), font: CODE_FONT, shading: { type: 'clear', fill: ink('soft'), color: 'auto' } })
        : textRun(breakable(part, room)),
    );
}
export function toned(text: string, tone: Tone | undefined, bold = false): TextRun {
  return textRun(text, { bold, ...(tone && { color: ink(tone as keyof typeof LIGHT) }) });
}

/** What every program takes apart by itself: blanks, and between Chinese characters. */
const OWN_BREAKS = /(?<=\s)|(?=[\s\p{Script=Han}])|(?<=\p{Script=Han})/u;
/** Hyphens within a name, but not before a figure, and in a path not in every program. */
const HYPHENS = /(?<=-)(?!\d)/;
const PATH = /[/:]/;
/**
 * A zero-width space where a word that is wider than its place may wrap, and nowhere else: a name that holds one is found by no search, and is
 * not the name when it is copied.
 * @param room ems
 */
export function breakable(text: string, room = LINE_EMS): string {
  return text.length <= room
    ? text
    : text
        .split(OWN_BREAKS)
        .flatMap((word) => (PATH.test(word) ? [word] : word.split(HYPHENS)))
        .map((part) => (fits(part, room) ? part : cut(part, room)))
        .join('');
}
function fits(part: string, room: number): boolean {
  return part.length <= room || emsOf(part) <= room;
}
/** A long word gives way between its parts first; no run of letters is so long that it leaves its column. */
function cut(word: string, room: number): string {
  return word
    .replace(/[./:_,]/g, (sign) => `${sign}\u200b`)
    .replace(/([a-z]{3})(?=[A-Z][a-z]{3})/g, '$1\u200b') // not within TongWeb or PostgreSQL
    .split('\u200b')
    .map((part) => (fits(part, room) ? part : part.replace(/.{8}(?=.)/gu, '$&\u200b')))
    .join('\u200b');
}

/** A day, and more text that shares its line. */
const DAY_IN_TEXT = /\d{4}-\d\d-\d\d/;
const MOMENT = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$/;
/** Words of a cell. @param room ems of the table's type that one line of the cell has */
export function cellRuns({ text, tone }: Cell, { format }: Column, room: number): readonly TextRun[] {
  if (format === 'code') return [new TextRun({ text: breakable(text, room * CODE_ROOM), font: CODE_FONT, size: 15, color: ink(tone ?? 'muted') })];
  // A day at the end of a line would be taken apart at its hyphens; alone it has a column that is wide enough.
  if (DAY_IN_TEXT.test(text) && !MOMENT.test(text)) return [wholeDays(text, tone, format === 'status')];
  if (format === 'prose') return prose(text, room);
  return [toned(breakable(text, room), tone, format === 'status')];
}
/** Letters of the code font are smaller, and all as wide as a wide one of the text. */
const CODE_ROOM = 1.07;
function wholeDays(text: string, tone: Tone | undefined, bold: boolean): TextRun {
  const children = text.split(/(?<=\d{4})-(?=\d\d-\d\d)|(?<=\d{4}-\d\d)-(?=\d\d)/).flatMap((part, index) => (index === 0 ? [part] : [new NoBreakHyphen(), part]));
  return new TextRun({ children, bold, ...(tone && { color: ink(tone as keyof typeof LIGHT) }) });
}
