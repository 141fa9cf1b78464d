/** Days of the store become series: what pauses is a gap only where it pauses longer than usual. */
import { describe, expect, it } from 'vitest';
import { trendsOf } from '../../../collector/inspections/period/trends.ts';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 6, 1);
const PERIOD = { from: FROM, to: FROM + 184 * DAY_MS };
/** Values of one machine on days of the period; the null days between are what the series adds. */
function days(...on: readonly number[]): readonly (number | null)[] {
  const points = on.map((day) => ({ name: 'cpu.used-percent', machine: 'node-1', at: FROM + day * DAY_MS, mean: day, maximum: day, last: day }));
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
});
