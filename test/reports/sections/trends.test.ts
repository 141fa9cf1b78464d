/** Charts of trends: series of different paces in one picture, and gaps that stay gaps. */
import { describe, expect, it } from 'vitest';
import type { Trend } from '../../../reports/facts/period.ts';
import { trendCharts } from '../../../reports/sections/trends.ts';
import { RICH } from '../fixtures/models.ts';

const DAY = 86_400;
function trend(name: string, points: readonly (readonly [day: number, value: number | null])[]): Trend {
  return { id: `cpu/${name}`, kind: 'cpu', name, unit: 'percent', limit: 80, source: 'host', points: points.map(([day, value]) => ({ at: 1_783_000_000 + day * DAY, value })) };
}
function lines(...trends: readonly Trend[]): Readonly<Record<string, readonly (number | null)[]>> {
  const [block] = trendCharts({ ...RICH, trends: { value: trends } }, ['cpu'], 'en');
  if (block?.type !== 'chart' || block.chart.kind !== 'line') throw new Error('no chart');
  return Object.fromEntries(block.chart.series.map(({ name, values }) => [name, values]));
}

describe('charts of trends', () => {
  it('draw a machine that is inspected weekly beside one that is inspected daily', () => {
    const drawn = lines(
      trend(
        'daily',
        [0, 1, 2, 3, 4].map((day) => [day, 10 + day]),
      ),
      trend('weekly', [
        [0, 20],
        [4, 40],
      ]),
    );
    expect(drawn).toEqual({ daily: [10, 11, 12, 13, 14], weekly: [20, 25, 30, 35, 40] });
  });
  it('leave a gap where nothing was measured, and nothing before the first and after the last value', () => {
    const drawn = lines(
      trend(
        'whole',
        [0, 1, 2, 3, 4].map((day) => [day, 50]),
      ),
      trend('torn', [
        [1, 30],
        [2, null],
        [3, 32],
      ]),
    );
    expect(drawn['torn']).toEqual([null, 30, null, 32, null]);
  });
});
