/** Charts of trends: series of different paces in one picture, and gaps that stay gaps. */
import { describe, expect, it } from 'vitest';
import type { LineChart } from '../../../reports/charts/spec.ts';
import type { Trend } from '../../../reports/facts/period.ts';
import { trendCharts } from '../../../reports/sections/trends.ts';
import { RICH } from '../fixtures/models.ts';

const DAY = 86_400;
function trend(name: string, points: readonly (readonly [day: number, value: number | null])[]): Trend {
  return { id: `cpu/${name}`, kind: 'cpu', name, unit: 'percent', limit: 80, source: 'host', points: points.map(([day, value]) => ({ at: 1_783_000_000 + day * DAY, value })) };
}
function chartOf(trends: readonly Trend[]): LineChart {
  const [block] = trendCharts({ ...RICH, trends: { value: trends } }, ['cpu'], 'en');
  if (block?.type !== 'chart' || block.chart.kind !== 'line') throw new Error('no chart');
  return block.chart;
}
function lines(...trends: readonly Trend[]): Readonly<Record<string, readonly (number | null)[]>> {
  return Object.fromEntries(chartOf(trends).series.map(({ name, values }) => [name, values]));
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
  it('show the four nearest to their limit, the nearest first, and say how many there are', () => {
    const chart = chartOf([30, 79, 50, 60, 20, 40].map((last, index) => trend(`n${index}`, [[0, 10] as const, [1, last] as const])));
    expect(chart.series.map(({ name }) => name)).toEqual(['n1', 'n3', 'n2', 'n5']);
    expect(chart.title).toBe('CPU used (read on the host) on n1: from 10 % to 79 % (4 of 6 series shown)');
    expect(chart.limit).toEqual({ value: 80, label: 'limit 80 %' });
  });
  it('show what moved most where there is no limit, in the unit of its size, up to a round number above it', () => {
    const sized = (name: string, from: number, to: number): Trend => ({
      ...trend(name, [
        [0, from * 2 ** 30],
        [1, to * 2 ** 30],
      ]),
      ...{ unit: 'bytes', limit: undefined },
    });
    const chart = chartOf([sized('still', 40, 41), sized('grown', 10, 30), sized('shrunk', 30, 20)]);
    expect(chart.series.map(({ name, values }) => [name, ...values])).toEqual([
      ['grown', 10, 30],
      ['shrunk', 30, 20],
      ['still', 40, 41],
    ]);
    expect([chart.max, chart.limit]).toEqual([50, undefined]);
  });
  it('have room above a value that is a round number itself', () =>
    expect(chartOf([{ ...trend('a', [[0, 3] as const, [1, 20] as const]), unit: 'count', limit: undefined }]).max).toBe(50));
  it('reach up to the limit, where no value does', () => expect(chartOf([{ ...trend('a', [[0, 3] as const, [1, 4] as const]), unit: 'count', limit: 150 }]).max).toBe(200));
});
