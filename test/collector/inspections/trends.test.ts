/** Days of the store become series: what pauses is a gap only where it pauses longer than usual. */
import { describe, expect, it } from 'vitest';
import { runsOf, trendsOf } from '../../../collector/inspections/period/trends.ts';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 6, 1);
const PERIOD = { from: FROM, to: FROM + 184 * DAY_MS };
/** Values of one machine on days of the period; the null days between are what the series adds. */
function days(...on: readonly number[]): readonly (number | null)[] {
  const points = on.map((day) => ({
    name: 'cpu.used-percent',
    machine: 'node-1',
    at: FROM + day * DAY_MS,
    lastAt: FROM + day * DAY_MS + 7_200_000,
    mean: day,
    maximum: day,
    last: day,
  }));
  return trendsOf(points, PERIOD)[0]?.points.map(({ value }) => value) ?? [];
}

describe('trends', () => {
  it('of machines that are inspected every week, or every month, are one line', () => {
    expect(days(0, 7, 14, 21, 28)).toEqual([0, 7, 14, 21, 28]);
    expect(days(0, 30, 61, 91)).toEqual([0, 30, 61, 91]);
  });
  it('have a gap where one of the usual inspections is missing, a day for a day', () => {
    expect(days(0, 1, 2, 5, 6)).toEqual([0, 1, 2, null, null, 5, 6]);
    expect(days(0, 7, 14, 28).filter((value) => value === null)).toHaveLength(13);
  });
  it('of a single day are that day', () => expect(days(3)).toEqual([3]));
  it('are of the period by the moment of the inspection, and what began on a day of the zone is new on that day', () => {
    const begin = Date.parse('2026-12-21T00:00:00+08:00');
    const points = [-1, 0, 1].map((day) => ({
      ...{ name: 'score', machine: '', at: begin + day * DAY_MS, lastAt: begin + day * DAY_MS + 7_200_000, mean: 50, maximum: 50, last: 50 },
    }));
    const lives = [{ finding: { check: 'x' }, firstSeenAt: (begin + 7_200_000) / 1_000 }];
    expect(runsOf(points, lives, { from: begin, zoneMinutes: 480 }).map(({ at, added }) => [at * 1_000 - begin, added])).toEqual([
      [0, 1],
      [DAY_MS, 0],
    ]);
  });
});
