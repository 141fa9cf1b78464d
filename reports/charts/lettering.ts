/** The letters of a chart, and what is reckoned from how wide they are. */
import { FONT_FAMILY, LIGHT } from '../palette.ts';

/** As wide as the text of an A4 page at 96 dpi. */
export const WIDTH = 660;
/** As wide as a phone. */
export const NARROW = 350;
/** Longest name beside a bar, in characters of Latin width. */
const NAME_WIDTH = 32;
/** The same where there is little room. */
const NARROW_NAME_WIDTH = 18;
export function nameWidthOf(width: number): number {
  return width < WIDTH ? NARROW_NAME_WIDTH : NAME_WIDTH;
}
export const TEXT = { fontFamily: FONT_FAMILY, fontSize: 12, color: LIGHT.text };
export const SMALL = { ...TEXT, fontSize: 11, color: LIGHT.muted };

export function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (isWide(letter) ? 12 : 6.8), 0);
}
function isWide(letter: string): boolean {
  return (letter.codePointAt(0) ?? 0) >= 0x1100;
}
/** Both ends of a name tell things apart, so the middle goes. */
export function shortName(name: string, most = NAME_WIDTH): string {
  const letters = [...name];
  const room = letters.some(isWide) ? most / 2 + 2 : most;
  if (letters.length <= room) return name;
  const tail = Math.floor((room - 1) / 2);
  return `${letters.slice(0, room - 1 - tail).join('')}…${letters.slice(-tail).join('')}`;
}

export function valueAxis(max: number, show: boolean): Record<string, unknown> {
  return {
    type: 'value',
    min: 0,
    max,
    interval: max / 5,
    axisLabel: { ...SMALL, show, formatter: (value: number) => String(value) },
    splitLine: { show, lineStyle: { color: LIGHT.line } },
    axisLine: { show: false },
  };
}
