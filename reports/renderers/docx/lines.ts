/** Where the lines of a paragraph end: after blanks, after hyphens, between Chinese characters but not before or behind the signs that belong to them. */
import { type Face, HAN_WIDTH, widthOf } from './letters.ts';

export interface Run extends Face {
  readonly text: string;
  /** Points. */
  readonly size: number;
  /** Quotes and dashes are Chinese ones, as wide as a character. */
  readonly chinese: boolean;
}
export interface Room {
  /** Points of a line. */
  readonly width: number;
  /** A tab ends the name that hangs before the text; otherwise it is room before a number at the right edge. */
  readonly hangs: boolean;
}

const HAN = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{3ffff}]/u;
const SHARED = /[“”‘’—…]/;
/** No line begins with these, and none ends with those. */
const NOT_FIRST = /[、。，．；：！？）」』】〕〉》”’…—％‰℃%,.;:!?)\]}·]/;
const NOT_LAST = /[（「『【〔〈《“‘([{]/;

/** How many lines the runs take. */
export function countLines(runs: readonly Run[], room: Room): number {
  const line = new Line(room);
  for (const { text, size, chinese, ...face } of runs)
    for (const character of text) {
      if (character === '\t') line.tab();
      else line.add(character, ((chinese && SHARED.test(character) ? HAN_WIDTH : widthOf(character, face)) * size) / 1_000);
    }
  return line.count;
}
/** Widths are sums of rounded numbers. */
const NOTHING = 0.01;
class Line {
  count = 1;
  private readonly room: Room;
  /** Points up to the last place where a line may end, with the blanks there; and of the word since. */
  private settled = 0;
  private word = 0;
  private blanks = 0;
  private before = '';

  constructor(room: Room) {
    this.room = room;
  }
  tab(): void {
    this.settled = this.room.hangs ? 0 : this.settled + this.word;
    [this.word, this.blanks, this.before] = [0, 0, ' '];
  }
  add(character: string, width: number): void {
    if (mayEnd(this.before, character)) {
      this.settled += this.word + this.blanks;
      [this.word, this.blanks] = [0, 0];
    }
    this.before = character;
    // Blanks may hang over the end of a line.
    if (character === ' ') this.blanks += width;
    else {
      this.word += width;
      this.wrap(width);
    }
  }
  private wrap(last: number): void {
    const most = this.room.width + NOTHING;
    if (this.settled + this.word <= most) return;
    if (this.settled > 0) {
      this.count += 1;
      this.settled = 0;
    }
    // A word that is wider than the line is broken where it must be.
    if (this.word > most) {
      this.count += 1;
      this.word = last;
    }
  }
}
function mayEnd(before: string, next: string): boolean {
  if (before === '' || next === ' ') return false;
  if (before === ' ' || before === '\u200b') return true;
  if (before === '-') return next !== '-' && !/\d/.test(next);
  if (!HAN.test(before) && !HAN.test(next)) return false;
  return !NOT_FIRST.test(next) && !NOT_LAST.test(before);
}
