/**
 * Where pages end, worked out from what is written into the Word file. Lines have fixed heights, so that every program comes to the same pages; of
 * Word's rules only those are here that our own renderer uses: paragraphs that stay with the next, widows, tables of fixed widths whose rows are
 * whole and whose head repeats. The layout of the library that writes the file knows all of them, and takes thirty times as long.
 */
import type { Part } from './parts.ts';

/** A heading of the contents, or a place where a page should begin. */
export interface PlacedStart {
  /** Counted from 1. */
  readonly page: number;
  /** Points from the upper margin. */
  readonly y: number;
}
export interface Layout {
  readonly starts: readonly PlacedStart[];
  /** Points of every page that are written on. */
  readonly used: readonly number[];
}

/** Points between the margins: A4 less 1,304 and 1,134 twentieths above and below. */
export const PAGE_HEIGHT = (16_838 - 1_304 - 1_134) / 20;
/** Word leaves no line of a paragraph alone, first or last. */
const LINES_TOGETHER = 2;
const NEXT_TO_NOTHING = 0.05;

/** @param plan by the number of a start: whether it begins a page, where that is not as it is written */
export function layOut(written: readonly Part[], plan: ReadonlyMap<number, boolean> = new Map()): Layout {
  const starts: PlacedStart[] = [];
  const used: number[] = [0];
  let y = 0;
  let below = 0;
  const turn = (): void => {
    used.push(0);
    y = 0;
    below = 0;
  };
  const parts = planned(written, plan);
  for (const [index, part] of parts.entries()) {
    if (part.begins && y > 0) turn();
    const need = keptHeight(parts, index, below);
    if (y > 0 && y + need > PAGE_HEIGHT + NEXT_TO_NOTHING && need <= PAGE_HEIGHT) turn();
    if (y === 0) y = part.head;
    // Of the room below a paragraph and above the next one the larger counts.
    y += Math.max(0, spaceAbove(part, y) - below);
    let left = part.lines;
    let fits = linesThatFit(part, left, PAGE_HEIGHT - y);
    while (fits < left) {
      if (fits > 0) used[used.length - 1] = y + fits * part.lineHeight;
      left -= fits;
      turn();
      fits = Math.max(1, linesThatFit(part, left, PAGE_HEIGHT));
    }
    if (part.start !== undefined) starts.push({ page: used.length, y });
    y += left * part.lineHeight + part.frame;
    used[used.length - 1] = y;
    y += part.after;
    below = part.after;
  }
  return { starts, used };
}
function planned(parts: readonly Part[], plan: ReadonlyMap<number, boolean>): readonly Part[] {
  if (plan.size === 0) return parts;
  let index = -1;
  return parts.map((part) => {
    if (part.start === undefined) return part;
    index += 1;
    const begins = plan.get(index);
    return begins === undefined ? part : { ...part, begins, before: begins ? 0 : part.start };
  });
}
/** The first paragraph of a page has no room above, unless it begins the page by itself. */
function spaceAbove({ before, begins }: Part, y: number): number {
  return y === 0 && !begins ? 0 : before;
}
/** Points from here to the end of what stays on the page of this part. */
function keptHeight(parts: readonly Part[], from: number, above: number): number {
  let height = 0;
  let below = above;
  for (let index = from; index < parts.length; index += 1) {
    const part = parts[index];
    if (!part || (index > from && part.begins)) break;
    const { before, after, lines, lineHeight, frame, keepNext } = part;
    height += Math.max(0, before - below) + frame;
    if (!keepNext) return height + firstLines(part) * lineHeight;
    height += lines * lineHeight + after;
    below = after;
    if (height > PAGE_HEIGHT) return height;
  }
  return height;
}
function firstLines({ lines, keepLines }: Part): number {
  return keepLines || lines <= LINES_TOGETHER + 1 ? lines : LINES_TOGETHER;
}
function linesThatFit(part: Part, left: number, room: number): number {
  const fits = Math.floor((room - part.frame + NEXT_TO_NOTHING) / part.lineHeight);
  if (fits >= left) return left;
  if (part.keepLines || fits < LINES_TOGETHER) return 0;
  const kept = Math.min(fits, left - LINES_TOGETHER);
  return kept < LINES_TOGETHER ? 0 : kept;
}
