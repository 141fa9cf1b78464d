/**
 * Emoji in a font that has none would be empty boxes. Marks that have a plain sign of the same meaning become that sign; of others a run
 * becomes one word in brackets, so that a reader knows that a picture stood there. Letters are never touched.
 */
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { glyphsOf } from '../../charts/subset-font.ts';
import { say } from '../../format.ts';
import { fontBytes } from './typst.ts';

/** They ask for a colour, or for a frame around a digit. */
const VARIANTS = /\uFE0E|\uFE0F|\u20E3/gu;
/** Pictures, halves of flags and colours of skin, with the blanks between them. Joiners are gone: names are made printable first. */
const PICTOGRAPHS = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier})(?: *(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}))*/gu;
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...['✅', '✔', '☑'].map((mark) => [mark, '✓'] as const),
  ...['❌', '✖', '❎', '🚫'].map((mark) => [mark, '×'] as const),
  ...['❗', '❕', '‼'].map((mark) => [mark, '!'] as const),
  ...['❓', '❔'].map((mark) => [mark, '?'] as const),
  ...['⭐', '🌟'].map((mark) => [mark, '★'] as const),
  ...['🔴', '🟠', '🟡', '🟢', '🔵', '⚫', '🟣'].map((mark) => [mark, '●'] as const),
  ...['🚨', '⛔', '🛑'].map((mark) => [mark, '⚠'] as const),
]);

/** @param isDrawable whether the font has a glyph; asked only where a picture stands */
export function withoutPictographs(text: string, locale: Locale, isDrawable: (character: string) => boolean = inReportFont): string {
  return text.replace(VARIANTS, '').replace(PICTOGRAPHS, (run) => {
    const kept = [...run].map((character) => (character === ' ' || isDrawable(character) ? character : (PLAIN.get(character) ?? STAND_IN)));
    const words = say(locale, '〔表情〕', '[emoji]');
    return kept.join('').replace(/\uE000(?:[\uE000 ]*\uE000)?/gu, words);
  });
}
/** For the time of one replacement; of private use, so nothing else is it. */
const STAND_IN = '\uE000';

let glyphs: ((character: string) => number) | undefined;
function inReportFont(character: string): boolean {
  if (!glyphs) {
    const [regular] = fontBytes();
    glyphs = regular ? glyphsOf(regular) : () => 0;
  }
  return glyphs(character) !== 0;
}
