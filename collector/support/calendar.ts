/**
 * When a contract's time runs: weekly hours in a zone, breaks, holidays, make-up workdays. A moment is covered when the clock on
 * the site's wall shows a time within the hours of its date; so both changes of summer time need no rule of their own.
 */
import { Temporal } from 'temporal-polyfill';
import type { Segment } from './clock.ts';
import type { DayKind, HolidayTable } from './holidays.ts';

/** Minutes since midnight, half-open; 1440 is 24:00. */
export type Hours = readonly [from: number, to: number];

export interface CoverageSpec {
  /** IANA zone that the hours are meant in. */
  readonly zone: string;
  /** Monday first. */
  readonly weekly: readonly (readonly Hours[])[];
  /** Hours of a make-up workday. */
  readonly makeUp: readonly Hours[];
  readonly breaks: readonly Hours[];
  /** Absent: holidays are days like others. */
  readonly holidays?: HolidayTable | undefined;
  /** Booked service outside the hours, as instants in milliseconds. */
  readonly appointments: readonly (readonly [from: number, to: number])[];
}

type Because = Segment['because'];
/** A piece of a day. `dayMs` is the covered time of its whole day, without appointments: the unit of working days. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly covered: boolean;
  readonly because: Because;
  readonly dayMs: number;
  /** Covered by an appointment only. */
  readonly booked: boolean;
  readonly provisional: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
/** Days kept ready per calendar: more than ten years. */
const MAX_CACHED_DAYS = 4_000;
/** Stretch of a calendar that never stops; days do not matter to it. */
const ENDLESS_MS = 400 * DAY_MS;

export class Calendar {
  readonly spec: CoverageSpec;
  readonly isAroundTheClock: boolean;
  /** Covered time of an ordinary working day, for goals in working days that have no due time yet. */
  readonly usualDayMs: number;
  private readonly days = new Map<number, readonly Stretch[]>();

  constructor(spec: CoverageSpec) {
    this.spec = spec;
    this.isAroundTheClock = spec.holidays === undefined && spec.breaks.length === 0 && spec.weekly.every((hours) => totalMinutes(hours) === DAY_MINUTES);
    this.usualDayMs = totalMinutes(subtract(spec.makeUp, spec.breaks)) * MINUTE_MS;
  }

  /** Pieces of time from `from` on, without gaps, endlessly: whoever asks stops. */
  *stretches(from: number): Generator<Stretch> {
    if (this.isAroundTheClock) {
      for (let at = from; ; at += ENDLESS_MS) yield { from: at, to: at + ENDLESS_MS, covered: true, because: 'around-the-clock', dayMs: DAY_MS, booked: false, provisional: false };
    }
    for (let day = this.dayOf(from); ; day += 1) {
      for (const stretch of this.day(day)) {
        if (stretch.to > from) yield stretch.from >= from ? stretch : { ...stretch, from };
      }
    }
  }

  /** Days since 1970 of the local date at an instant. */
  private dayOf(at: number): number {
    return Math.floor((at + offsetMs(at, this.spec.zone)) / DAY_MS);
  }

  private day(day: number): readonly Stretch[] {
    const kept = this.days.get(day);
    if (kept) return kept;
    if (this.days.size >= MAX_CACHED_DAYS) this.days.clear();
    const made = stretchesOfDay(this.spec, day);
    this.days.set(day, made);
    return made;
  }
}

/** A stretch of instants with one offset of the zone. */
interface OffsetPiece {
  readonly from: number;
  readonly to: number;
  readonly offsetMs: number;
}

function stretchesOfDay(spec: CoverageSpec, day: number): readonly Stretch[] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const weekday = (((day + 3) % 7) + 7) % 7;
  const kind = spec.holidays?.kindOf(date);
  const planned = plannedHours(spec, kind, weekday);
  const hours = subtract(planned, spec.breaks);
  const pieces = offsetPieces(spec.zone, day);
  const [start, end] = [pieces[0]?.from ?? 0, pieces.at(-1)?.to ?? 0];
  const instants = (list: readonly Hours[]): Span[] => list.flatMap((one) => pieces.flatMap((piece) => within(piece, day, one)));
  const covered = instants(hours);
  const breaks = instants(subtract(planned, hours));
  const booked = spec.appointments.map(([from, to]): Span => [Math.max(from, start), Math.min(to, end)]).filter(([from, to]) => from < to);
  const closed: Because = kind === 'holiday' ? 'holiday' : planned.length === 0 && weekday >= 5 ? 'weekend' : 'outside-coverage';
  const open: Because = kind === 'make-up-workday' ? 'make-up-workday' : 'coverage';
  const whole = { dayMs: covered.reduce((sum, [from, to]) => sum + to - from, 0), provisional: spec.holidays?.isProvisional(date) ?? false };
  const cuts = [...new Set([start, end, ...[...covered, ...breaks, ...booked].flat()])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index): Stretch => {
    const to = cuts[index + 1] ?? end;
    const isIn = ([a, b]: Span): boolean => a <= from && to <= b;
    if (covered.some(isIn)) return { ...whole, from, to, covered: true, because: open, booked: false };
    if (booked.some(isIn)) return { ...whole, from, to, covered: true, because: 'coverage', booked: true };
    return { ...whole, from, to, covered: false, because: breaks.some(isIn) ? 'break' : closed, booked: false };
  });
}

type Span = readonly [from: number, to: number];

function plannedHours({ weekly, makeUp }: CoverageSpec, kind: DayKind | undefined, weekday: number): readonly Hours[] {
  if (kind === 'holiday') return [];
  return kind === 'make-up-workday' ? makeUp : (weekly[weekday] ?? []);
}

/** The part of a stretch with one offset in which the wall shows the hours of that date. */
function within(piece: OffsetPiece, day: number, [from, to]: Hours): [number, number][] {
  const low = Math.max(piece.from, day * DAY_MS + from * MINUTE_MS - piece.offsetMs);
  const high = Math.min(piece.to, day * DAY_MS + to * MINUTE_MS - piece.offsetMs);
  return low < high ? [[low, high]] : [];
}

/** A local date as instants, cut where the zone's offset changes. Empty for a date that the zone skipped. */
function offsetPieces(zone: string, day: number): readonly OffsetPiece[] {
  const date = new Temporal.PlainDate(1970, 1, 1).add({ days: day });
  const start = date.toZonedDateTime(zone).epochMilliseconds;
  const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const out: OffsetPiece[] = [];
  if (start >= end) return out;
  // Looking for a change is slow where none comes any more; most days have one offset.
  if (offsetMs(start, zone) === offsetMs(end - 1, zone)) return [{ from: start, to: end, offsetMs: offsetMs(start, zone) }];
  for (let from = start; from < end; ) {
    const next = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).getTimeZoneTransition('next')?.epochMilliseconds;
    const to = next === undefined || next > end ? end : next;
    out.push({ from, to, offsetMs: offsetMs(from, zone) });
    from = to;
  }
  return out;
}

function offsetMs(at: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}

function totalMinutes(hours: readonly Hours[]): number {
  return hours.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Hours without other hours. */
function subtract(hours: readonly Hours[], without: readonly Hours[]): Hours[] {
  let left: Hours[] = [...hours];
  for (const [from, to] of without) {
    left = left.flatMap(([a, b]): Hours[] => [[a, Math.min(b, from)] as const, [Math.max(a, to), b] as const].filter(([x, y]) => x < y));
  }
  return left;
}
