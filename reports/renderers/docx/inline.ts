/** Words within a paragraph. Nothing here can be markup: texts become runs, control characters were removed before. */
import { TextRun } from 'docx';
import type { Cell, Column, Tone } from '../../blocks.ts';
import type { LIGHT } from '../../palette.ts';
import { ink } from './styles.ts';

const CODE_FONT = { ascii: 'Consolas', hAnsi: 'Consolas', cs: 'Consolas', eastAsia: '微软雅黑' } as const;

/** `code` in backticks is set apart. */
export function prose(text: string, options: { readonly bold?: boolean; readonly size?: number } = {}): readonly TextRun[] {
  return text
    .split('`')
    .map((part, index) =>
      index % 2 === 1
        ? new TextRun({ text: part, font: CODE_FONT, shading: { type: 'clear', fill: ink('soft'), color: 'auto' }, ...options })
        : new TextRun({ text: soft(part), ...options }),
    );
}
export function toned(text: string, tone: Tone | undefined, bold = false): TextRun {
  return new TextRun({ text, bold, ...(tone && { color: ink(tone as keyof typeof LIGHT) }) });
}
/** A zero-width space where a long name may wrap. */
export function breakable(text: string): string {
  return soft(parted(text));
}
function parted(word: string): string {
  return word.replace(/[-./:_,]/g, (sign) => `${sign}\u200b`).replace(/([a-z])(?=[A-Z])/g, '$1\u200b');
}
/** No run of letters is so long that it leaves its column; a long word gives way between its parts first. */
export function soft(text: string): string {
  return text.replace(/[^\s\u200b\p{Script=Han}]{20,}/gu, parted).replace(/[^\s\u200b\p{Script=Han}]{28}/gu, '$&\u200b');
}
export function cellRuns({ text, tone }: Cell, { format }: Column): readonly TextRun[] {
  if (format === 'prose') return prose(text);
  if (format === 'code') return [new TextRun({ text: breakable(text), font: CODE_FONT, size: 15, color: ink(tone ?? 'muted') })];
  return [toned(format === 'name' ? breakable(text) : soft(text), tone, format === 'status')];
}
