/**
 * The oracle: another way to count, slow and plain. It walks minute by minute, asks Intl what the clock on the wall shows, and
 * takes its holidays from another data set. It shares nothing with the calendar but the questions.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Rules {
  readonly zone: string;
  /** Hours of Monday … Sunday as texts. */
  readonly week: readonly (readonly string[])[];
  readonly makeUp: readonly string[];
  readonly breaks: readonly string[];
  readonly statutory: boolean;
}
const MINUTE = 60_000;
const DATA = join(createRequire(import.meta.url).resolve('holiday-calendar/package.json'), '..', 'data', 'CN', '2026.json');
const { dates } = JSON.parse(readFileSync(DATA, 'utf8')) as { dates: { date: string; type: string }[] };
const TYPES = new Map(dates.map(({ date, type }) => [date, type]));

interface Wall {
  /** By minute: the date, and minutes since midnight. */
  readonly date: readonly string[];
  readonly minute: readonly number[];
}
const WALLS = new Map<string, Wall>();

/** A window of time in which questions are asked. */
export class Minutes {
  readonly from: number;
  readonly count: number;

  constructor(from: number, days: number) {
    this.from = from;
    this.count = days * 1_440;
  }

  private wall(zone: string): Wall {
    const key = `${zone} ${this.from}`;
    const kept = WALLS.get(key);
    if (kept) return kept;
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const date: string[] = [];
    const minute: number[] = [];
    for (let index = 0; index < this.count; index += 1) {
      const text = format.format(this.from + index * MINUTE);
      date.push(text.slice(0, 10));
      minute.push(Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)));
    }
    const made = { date, minute };
    WALLS.set(key, made);
    return made;
  }

  /** By minute: the share of a working day that it is worth, 0 where it does not count. */
  shares(rules: Rules): Float64Array {
    const { date, minute } = this.wall(rules.zone);
    const counts = new Float64Array(this.count);
    const total = new Map<string, number>();
    for (let index = 0; index < this.count; index += 1) {
      const day = date[index] ?? '';
      if (!isOpen(rules, day, minute[index] ?? 0)) continue;
      counts[index] = 1;
      total.set(day, (total.get(day) ?? 0) + 1);
    }
    return counts.map((one, index) => (one === 0 ? 0 : 1 / (total.get(date[index] ?? '') ?? 1)));
  }
}

function isOpen({ week, makeUp, breaks, statutory }: Rules, date: string, minute: number): boolean {
  const type = statutory ? TYPES.get(date) : undefined;
  if (type === 'public_holiday') return false;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const hours = type === 'transfer_workday' ? makeUp : (week[weekday] ?? []);
  return hours.some((text) => isWithin(text, minute)) && !breaks.some((text) => isWithin(text, minute));
}
function isWithin(text: string, minute: number): boolean {
  const [from = 0, to = 0] = text.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)));
  return from <= minute && minute < to;
}

/** Minutes after `start` (an index) at which `goal` is used up; absent when the window ends before. */
export function walk(shares: Float64Array, start: number, goal: number, unit: 'milliseconds' | 'working-days', pauses: readonly (readonly [number, number])[]): number | undefined {
  let left = goal;
  for (let index = start; index < shares.length; index += 1) {
    const share = shares[index] ?? 0;
    if (share === 0 || pauses.some(([from, to]) => from <= index && index < to)) continue;
    left -= unit === 'milliseconds' ? 1 : share;
    if (left <= 1e-9) return index + 1;
  }
  return undefined;
}
