/** The calendar against an independent oracle, and against what must hold of any calendar. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../../collector/support/calendar.ts';
import { Coverage, calendarOf, WEEKDAYS } from '../../../collector/support/coverage.ts';
import { holidayTable, loadHolidays } from '../../../collector/support/holidays.ts';
import { measure, type Pause, reach } from '../../../collector/support/progress.ts';
import { Minutes, type Rules, walk } from './wall-clock.ts';

const MINUTE = 60_000;
const TABLE = holidayTable(loadHolidays(), 'cn');
/** Spring Festival, the spring changes of New York and Berlin, the autumn change of Lord Howe; National Day and the other way round. */
const WINDOWS = [new Minutes(Date.UTC(2026, 0, 30), 70), new Minutes(Date.UTC(2026, 8, 10), 70)];

const WEEKS: readonly Pick<Rules, 'week' | 'makeUp' | 'breaks' | 'statutory'>[] = [
  { week: workdays(['08:00-18:00']), makeUp: ['08:00-18:00'], breaks: [], statutory: true },
  { week: workdays(['09:00-18:00']), makeUp: ['09:00-18:00'], breaks: ['12:00-13:00'], statutory: true },
  { week: workdays(['09:00-12:00', '13:30-17:30']), makeUp: ['09:00-12:00', '13:30-17:30'], breaks: [], statutory: true },
  { week: workdays(['00:00-24:00']), makeUp: ['00:00-24:00'], breaks: [], statutory: true },
  { week: workdays(['00:00-06:30', '22:00-24:00']), makeUp: ['10:00-15:00'], breaks: [], statutory: true },
  {
    week: [[], ['07:15-11:45'], ['00:30-02:45'], [], ['01:15-24:00'], ['08:00-12:00'], ['00:00-03:20', '23:10-24:00']],
    makeUp: ['07:15-11:45'],
    breaks: ['02:00-02:20'],
    statutory: false,
  },
  { week: Array.from({ length: 7 }, () => ['00:00-24:00']), makeUp: ['00:00-24:00'], breaks: [], statutory: false },
];
const ZONES = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kathmandu'];

function workdays(hours: readonly string[]): string[][] {
  return Array.from({ length: 7 }, (_, day) => (day < 5 ? [...hours] : []));
}

interface Case {
  readonly calendar: Calendar;
  readonly window: Minutes;
  readonly shares: Float64Array;
}
const SHARES = new Map<string, Case>();
function caseOf(weekIndex: number, zone: string, windowIndex: number): Case {
  const key = `${weekIndex} ${zone} ${windowIndex}`;
  const kept = SHARES.get(key);
  if (kept) return kept;
  const [rules, window] = [WEEKS[weekIndex], WINDOWS[windowIndex]];
  if (!rules || !window) throw new Error(key);
  const coverage = Coverage.parse({
    label: { zh: '时段', en: 'hours' },
    weekly: Object.fromEntries(WEEKDAYS.map((day, index) => [day, rules.week[index]])),
    makeUp: rules.makeUp,
    breaks: rules.breaks,
    holidays: rules.statutory ? 'statutory' : 'ignore',
  });
  const made = { calendar: calendarOf(coverage, { zone, holidays: TABLE, appointments: [] }, false), window, shares: window.shares({ ...rules, zone }) };
  SHARES.set(key, made);
  return made;
}

const anyCase = fc.record({ week: fc.nat(WEEKS.length - 1), zone: fc.constantFrom(...ZONES), window: fc.nat(WINDOWS.length - 1) });
/** Minutes from the window's second day on: the first may be cut in the zone. */
const anyStart = fc.integer({ min: 2 * 1_440, max: 40 * 1_440 });
const anyPauses = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 * 1_440 }), fc.integer({ min: 1, max: 4 * 1_440 })), { maxLength: 3 });
const RUNS = 4_000;

describe('the calendar agrees with the oracle', () => {
  it('on due times of goals in hours, paused or not', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyCase, anyStart, fc.integer({ min: 1, max: 60 * 60 }), anyPauses, ({ week, zone, window }, start, goalMinutes, waits) => {
        const { calendar, window: minutes, shares } = caseOf(week, zone, window);
        const spans = waits.map(([from, length]) => [from, from + length] as const);
        const expected = walk(shares, start, goalMinutes, 'milliseconds', spans);
        if (expected === undefined) return;
        compared += 1;
        const pauses = spans.map(([from, to]): Pause => ({ from: minutes.from + from * MINUTE, to: minutes.from + to * MINUTE }));
        const { at, countedMs } = reach({ calendar, unit: 'milliseconds', from: minutes.from + start * MINUTE, pauses }, [goalMinutes * MINUTE]);
        expect(at[0]).toBe(minutes.from + expected * MINUTE);
        expect(countedMs).toBe(goalMinutes * MINUTE);
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS * 0.8);
  }, 120_000);
  it('on due times of goals in working days', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyCase, anyStart, fc.integer({ min: 1, max: 6 }), anyPauses, ({ week, zone, window }, start, goal, waits) => {
        const { calendar, window: minutes, shares } = caseOf(week, zone, window);
        if (calendar.isAroundTheClock) return;
        const spans = waits.map(([from, length]) => [from, from + length] as const);
        const expected = walk(shares, start, goal, 'working-days', spans);
        if (expected === undefined) return;
        compared += 1;
        const pauses = spans.map(([from, to]): Pause => ({ from: minutes.from + from * MINUTE, to: minutes.from + to * MINUTE }));
        const { at } = reach({ calendar, unit: 'working-days', from: minutes.from + start * MINUTE, pauses }, [goal]);
        // The oracle sees whole minutes; a share of a day of another length ends within one.
        const off = minutes.from + expected * MINUTE - (at[0] ?? Number.NaN);
        expect(off).toBeGreaterThanOrEqual(0);
        expect(off).toBeLessThan(MINUTE);
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS * 0.6);
  }, 120_000);
  it('on how much of a stretch counts', () => {
    fc.assert(
      fc.property(anyCase, anyStart, fc.integer({ min: 0, max: 20 * 1_440 }), anyPauses, ({ week, zone, window }, start, length, waits) => {
        const { calendar, window: minutes, shares } = caseOf(week, zone, window);
        const spans = waits.map(([from, size]) => [from, from + size] as const);
        let expected = 0;
        for (let index = start; index < start + length; index += 1) if ((shares[index] ?? 0) > 0 && !spans.some(([from, to]) => from <= index && index < to)) expected += 1;
        const pauses = spans.map(([from, to]): Pause => ({ from: minutes.from + from * MINUTE, to: minutes.from + to * MINUTE }));
        expect(measure({ calendar, unit: 'milliseconds', from: minutes.from + start * MINUTE, pauses }, minutes.from + (start + length) * MINUTE).countedMs).toBe(
          expected * MINUTE,
        );
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

describe('what holds of any calendar', () => {
  const anyMs = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) });
  const calendarAt = ({ week, zone, window }: { week: number; zone: string; window: number }): Calendar => caseOf(week, zone, window).calendar;
  it('two stretches count what both together count', () => {
    fc.assert(
      fc.property(anyCase, fc.tuple(anyMs, anyMs, anyMs), (which, times) => {
        const [a = 0, b = 0, c = 0] = [...times].sort((x, y) => x - y);
        const run = { calendar: calendarAt(which), unit: 'milliseconds', pauses: [] } as const;
        expect(measure({ ...run, from: a }, b).countedMs + measure({ ...run, from: b }, c).countedMs).toBe(measure({ ...run, from: a }, c).countedMs);
      }),
      { numRuns: 1_500 },
    );
  }, 60_000);
  it('a later start or a longer goal is never due earlier, and the due time measures the goal', () => {
    fc.assert(
      fc.property(anyCase, anyMs, fc.nat(5 * 86_400_000), fc.integer({ min: 1, max: 200_000_000 }), fc.nat(50_000_000), (which, from, later, goal, more) => {
        const run = { calendar: calendarAt(which), unit: 'milliseconds', pauses: [] } as const;
        const [first = 0, longer = 0] = reach({ ...run, from }, [goal, goal + more]).at;
        const [second = 0] = reach({ ...run, from: from + later }, [goal]).at;
        expect(second).toBeGreaterThanOrEqual(first);
        expect(longer).toBeGreaterThanOrEqual(first);
        expect(measure({ ...run, from }, first).countedMs).toBe(goal);
      }),
      { numRuns: 1_500 },
    );
  }, 60_000);
  it('a pause takes exactly what was covered in it, whatever the order', () => {
    fc.assert(
      fc.property(
        anyCase,
        anyMs,
        fc.nat(3 * 86_400_000),
        fc.integer({ min: 1, max: 86_400_000 * 2 }),
        fc.integer({ min: 1, max: 100_000_000 }),
        (which, from, gap, length, goal) => {
          const run = { calendar: calendarAt(which), unit: 'milliseconds', from } as const;
          const pause = { from: from + gap, to: from + gap + length };
          const end = from + 30 * 86_400_000;
          const within = measure({ ...run, from: pause.from, pauses: [] }, pause.to).countedMs;
          expect(measure({ ...run, pauses: [pause] }, end).countedMs).toBe(measure({ ...run, pauses: [] }, end).countedMs - within);
          const halves = [
            { from: pause.from + Math.floor(length / 2), to: pause.to },
            { from: pause.from, to: pause.from + Math.floor(length / 2) },
          ];
          expect(reach({ ...run, pauses: halves }, [goal]).at).toEqual(reach({ ...run, pauses: [pause] }, [goal]).at);
          if (within === 0) expect(reach({ ...run, pauses: [pause] }, [goal]).at).toEqual(reach({ ...run, pauses: [] }, [goal]).at);
        },
      ),
      { numRuns: 1_500 },
    );
  }, 60_000);
});
