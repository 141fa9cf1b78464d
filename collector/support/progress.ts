/**
 * The arithmetic of a clock: how far it has come between two moments, and when it comes to a mark. Time counts where it is covered
 * and not paused. In hours a covered millisecond counts as it is; in working days it counts as its share of that day's covered
 * time, so that a whole working day is one, however long its hours are, and 16:00 becomes 16:00.
 */
import type { Calendar, Stretch } from './calendar.ts';
import type { Segment } from './clock.ts';
import { CalendarError } from './policy-error.ts';

/** Without end: paused until further notice. */
export interface Pause {
  readonly from: number;
  readonly to?: number | undefined;
}
/** Goals are milliseconds of covered time, or whole working days. */
export type ProgressUnit = 'milliseconds' | 'working-days';

export interface Run {
  readonly calendar: Calendar;
  readonly unit: ProgressUnit;
  readonly from: number;
  /** In any order; they may overlap. */
  readonly pauses: readonly Pause[];
}

export interface Progress {
  readonly progress: number;
  readonly countedMs: number;
  readonly segments: readonly Segment[];
  readonly provisional: boolean;
}
export interface Marks extends Progress {
  /** When each mark is reached; absent when a pause without an end comes before. */
  readonly at: readonly (number | undefined)[];
}

const DAY_MS = 86_400_000;
/** A calendar in which nothing counts for so long is a fault, not a reason to wait or to fall back to 24×7. */
const HORIZON_MS = 400 * DAY_MS;
/** Shares of days are binary fractions: less than a millisecond of the shortest day is nothing. */
const EPSILON: Readonly<Record<ProgressUnit, number>> = { milliseconds: 1e-6, 'working-days': 1e-10 };

/** When the run reaches `marks` (ascending, in its unit), and the arithmetic until the last of them. @throws CalendarError */
export function reach(run: Run, marks: readonly number[]): Marks {
  const epsilon = EPSILON[run.unit];
  const tally = new Tally(run.unit);
  const at: (number | undefined)[] = marks.filter((mark) => mark <= epsilon).map(() => run.from);
  let countedUntil = run.from;
  for (const piece of at.length < marks.length ? pieces(run) : []) {
    if (piece.to === Number.POSITIVE_INFINITY) break;
    const gain = tally.gain(piece);
    // Waiting for somebody is no fault of the calendar.
    if (gain > 0 || piece.because === 'paused') countedUntil = piece.to;
    else if (piece.to - countedUntil > HORIZON_MS) throw new CalendarError('no covered time within 400 days');
    const reached = marks.slice(at.length).filter((mark) => mark <= tally.progress + gain + epsilon);
    at.push(...reached.map((mark) => instantOf(piece, (mark - tally.progress) / gain)));
    const isDone = at.length === marks.length;
    tally.add(isDone ? { ...piece, to: at.at(-1) ?? piece.to } : piece);
    if (isDone) break;
  }
  while (at.length < marks.length) at.push(undefined);
  return { ...tally.result(), at };
}

/** The moment when a share of a piece is over, to the millisecond. */
function instantOf({ from, to }: Piece, share: number): number {
  return from + Math.round((to - from) * Math.min(1, Math.max(0, share)));
}

/** How far the run has come at `to`. */
export function measure(run: Run, to: number): Progress {
  const tally = new Tally(run.unit);
  if (to > run.from) {
    for (const piece of pieces(run)) {
      tally.add(piece.to > to ? { ...piece, to } : piece);
      if (piece.to >= to) break;
    }
  }
  return tally.result();
}

type Piece = Pick<Stretch, 'from' | 'to' | 'covered' | 'because' | 'dayMs' | 'booked' | 'provisional'>;

/** The calendar's stretches, cut by the pauses. The last piece may end at infinity: a pause without an end. */
function* pieces({ calendar, from, pauses }: Run): Generator<Piece> {
  const waits = merged(pauses).filter(({ to }) => to === undefined || to > from);
  let next = 0;
  for (const stretch of calendar.stretches(from)) {
    let at = stretch.from;
    while (at < stretch.to) {
      const wait = waits[next];
      if (!wait || wait.from >= stretch.to) {
        yield at === stretch.from ? stretch : { ...stretch, from: at };
        break;
      }
      if (wait.from > at) yield { ...stretch, from: at, to: wait.from };
      at = Math.max(at, wait.from);
      if (wait.to === undefined) {
        yield { ...stretch, from: at, to: Number.POSITIVE_INFINITY, covered: false, because: 'paused' };
        return;
      }
      const to = Math.min(wait.to, stretch.to);
      yield { ...stretch, from: at, to, covered: false, because: 'paused' };
      at = to;
      if (wait.to <= stretch.to) next += 1;
    }
  }
}

function merged(pauses: readonly Pause[]): Pause[] {
  const out: { from: number; to?: number | undefined }[] = [];
  for (const pause of [...pauses].sort((a, b) => a.from - b.from)) {
    if (pause.to !== undefined && pause.to <= pause.from) continue;
    const last = out.at(-1);
    if (!last || (last.to !== undefined && last.to < pause.from)) out.push({ ...pause });
    else if (last.to !== undefined) last.to = pause.to === undefined ? undefined : Math.max(last.to, pause.to);
  }
  return out;
}

class Tally {
  progress = 0;
  private countedMs = 0;
  private provisional = false;
  private readonly segments: Segment[] = [];
  private readonly unit: ProgressUnit;

  constructor(unit: ProgressUnit) {
    this.unit = unit;
  }

  gain({ from, to, covered, booked, dayMs }: Piece): number {
    if (!covered) return 0;
    if (this.unit === 'milliseconds') return to - from;
    return booked ? 0 : (to - from) / dayMs;
  }

  add(piece: Piece): void {
    const { from, to, because, provisional } = piece;
    if (to <= from) return;
    const gain = this.gain(piece);
    const countedMs = gain > 0 ? to - from : 0;
    this.progress += gain;
    this.countedMs += countedMs;
    this.provisional ||= provisional;
    const why = gain > 0 && this.unit === 'working-days' ? 'whole-working-day' : because;
    const last = this.segments.at(-1);
    if (last && last.because === why && last.to === from && last.countedMs > 0 === countedMs > 0) {
      this.segments[this.segments.length - 1] = { from: last.from, to, countedMs: last.countedMs + countedMs, because: why };
    } else this.segments.push({ from, to, countedMs, because: why });
  }

  result(): Progress {
    return { progress: this.progress, countedMs: this.countedMs, segments: this.segments, provisional: this.provisional };
  }
}
