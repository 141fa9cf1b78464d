import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLUSTER_CHECKS } from '../../../agent/checks/cluster-checks.ts';
import { HOST_CHECKS } from '../../../agent/checks/host-checks.ts';
import { forecastOf, theilSen } from '../../../collector/inspections/period/forecast.ts';
import { DRAWN } from '../../../collector/inspections/period/trends.ts';
import type { Trend } from '../../../reports/facts/period.ts';

const DAY = 86_400;
const trend = (values: readonly (number | null)[], limit = 85): Trend => ({
  id: 'disk/a',
  kind: 'disk',
  name: 'a',
  unit: 'percent',
  limit,
  points: values.map((value, day) => ({ at: day * DAY, value })),
});
const line = (days: number, slope: number, from = 40): number[] => Array.from({ length: days }, (_, day) => from + slope * day);
/** Up to as much either way, the same for every run of a seed (a linear congruence of Park and Miller). */
function noisy(values: readonly number[], by: number, seed: number): number[] {
  let state = seed + 1;
  return values.map((value) => {
    state = (state * 48_271) % 2_147_483_647;
    return value + by * ((2 * state) / 2_147_483_647 - 1);
  });
}
const teeth = (count: number, days: number, slope: number): number[] => Array.from({ length: count }, () => line(days, slope)).flat();

describe('a forecast', () => {
  it('of a straight line meets its limit on the day', () => expect(forecastOf(trend(line(90, 0.2)))).toMatchObject({ confidence: 'high', slopePerDay: 0.2, daysToLimit: 136 }));
  it('is not moved by a few odd days', () => {
    const odd = line(60, 0.2).map((value, day) => (day % 20 === 7 ? 95 : value));
    expect(forecastOf(trend(odd))?.slopePerDay).toBeCloseTo(0.2, 1);
  });
  it.each([
    ['too few days', line(6, 1), 'too-few-points'],
    ['nothing that moves', line(60, 0), 'no-trend'],
    ['what falls', line(60, -0.2), 'no-trend'],
    ['a step of the last days', [...line(40, 0), 70, 70, 70, 70], 'stepped'],
    ['a level after a step', [...line(30, 0), ...line(30, 0).map((value) => value + 30)], 'no-trend'],
  ])('is not made of %s, and says why', (_what, values, unknown) => {
    const forecast = forecastOf(trend(values));
    expect([forecast?.unknown, forecast?.daysToLimit]).toEqual([unknown, undefined]);
  });
  it('of what is over its limit is today; without a limit there is none; beyond a year there is no day', () => {
    expect(forecastOf(trend(line(60, 1)))?.daysToLimit).toBe(0);
    const { limit: _limit, ...open } = trend(line(60, 1));
    expect(forecastOf(open)).toBeUndefined();
    expect(forecastOf(trend(line(90, 0.02)))).not.toHaveProperty('daysToLimit');
  });
  it('finds the slope of any line through gaps', () =>
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 8, max: 60 }), (slope, days) => {
        const points = Array.from({ length: days }, (_, day) => ({ at: day * DAY, value: 10 + slope * day })).filter((_, day) => day % 3 !== 1);
        expect(theilSen(points).slopePerDay).toBeCloseTo(slope, 6);
      }),
    ));
});

describe('a series that changed its course', () => {
  it('is told from its recent course: flat for months, then a percent a day', () => {
    const forecast = forecastOf(trend([...line(120, 0), ...line(50, 0.9)]));
    expect(forecast).toMatchObject({ slopePerDay: expect.closeTo(0.9, 1), confidence: 'medium', limit: 85 });
    expect((forecast?.since ?? 0) / DAY).toBeGreaterThan(115);
    expect((forecast?.since ?? 0) / DAY).toBeLessThan(125);
    expect(forecast?.days).toBeLessThan(57);
    expect(forecast?.daysToLimit).toBeCloseTo((85 - (40 + 49 * 0.9)) / 0.9, -1);
  });
  it('of two months is sure of it', () => expect(forecastOf(trend([...line(120, 0), ...line(64, 0.9)]))).toMatchObject({ confidence: 'high', daysToLimit: 0 }));
  it('is not forecast from a growth that has ended, or turned', () => {
    for (const end of [line(40, 0, 70), line(40, -0.4, 70)]) {
      const forecast = forecastOf(trend([...line(100, 0.3), ...end]));
      expect([forecast?.unknown, forecast?.daysToLimit]).toEqual(['no-trend', undefined]);
      expect((forecast?.since ?? 0) / DAY).toBeCloseTo(100, -1);
    }
  });
  it('is told from what came after one clean-up', () => {
    const forecast = forecastOf(trend([...line(100, 0.4), ...line(40, 0.4, 50)]));
    expect(forecast).toMatchObject({ since: 100 * DAY, slopePerDay: 0.4, daysToLimit: Math.floor((85 - 50 - 39 * 0.4) / 0.4) });
  });
  it('is not extended from a tooth of a saw, unless it passes the teeth before', () => {
    for (const ending of [5, 9, 13]) expect(forecastOf(trend(teeth(8, 14, 1.5).slice(0, 7 * 14 + ending)))?.daysToLimit).toBeUndefined();
    expect(forecastOf(trend([...teeth(6, 14, 1), ...line(40, 1)]))).toMatchObject({ slopePerDay: expect.closeTo(1, 1), daysToLimit: expect.any(Number) });
  });
  it('is one course when it goes up and down by the week', () => {
    const week = Array.from({ length: 180 }, (_, day) => 50 + 0.05 * day + (day % 7 < 5 ? 8 : -8));
    expect(forecastOf(trend(week))).not.toHaveProperty('since');
    expect(forecastOf(trend(week))?.slopePerDay).toBeCloseTo(0.05, 1);
  });
  it('of too few points says so', () => expect(forecastOf(trend([...line(3, 0), 50, 60]))).toMatchObject({ unknown: 'too-few-points' }));

  const seed = fc.integer({ min: 1_000_000, max: 2_000_000_000 });
  it('is never found in a level with noise, nor in a straight line with noise', () =>
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 184 }), fc.double({ min: 0, max: 4, noNaN: true }), fc.constantFrom(0, 0.2), seed, (days, by, slope, at) => {
        const forecast = forecastOf(trend(noisy(line(days, slope), by, at)));
        expect(forecast).not.toHaveProperty('since');
        if (slope === 0) expect(forecast?.daysToLimit ?? 1_000).toBeGreaterThan(60);
      }),
    ));
  it('is found wherever a growth began, within days, and its slope with it', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 120 }),
        fc.integer({ min: 20, max: 60 }),
        fc.double({ min: 0.3, max: 1.2, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        seed,
        (flat, growing, slope, by, at) => {
          const forecast = forecastOf(trend(noisy([...line(flat, 0), ...line(growing, slope)], by, at), 200));
          expect(Math.abs((forecast?.since ?? 0) / DAY - flat)).toBeLessThanOrEqual(8);
          expect(Math.abs((forecast?.slopePerDay ?? 0) - slope)).toBeLessThanOrEqual(0.1 + slope * 0.15);
        },
      ),
    ));
  it('is told in the same words whatever the size of its unit', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 80, noNaN: true }), { minLength: 7, maxLength: 60 }), fc.constantFrom(1_024, 2 ** 30), (values, by) => {
        const [one, other] = [
          forecastOf(trend(values)),
          forecastOf(
            trend(
              values.map((value) => value * by),
              85 * by,
            ),
          ),
        ];
        expect([other?.since, other?.unknown, other?.confidence]).toEqual([one?.since, one?.unknown, one?.confidence]);
      }),
    ));
});

it('takes the limits of a series from the check that watches it', () => {
  const checks = new Map([...HOST_CHECKS, ...CLUSTER_CHECKS].map((check) => [check.id, check]));
  for (const { name, check, limit, criticalLimit } of DRAWN) {
    if (check === undefined) continue;
    const { warningPercent, criticalPercent } = (checks.get(check)?.threshold ?? {}) as { readonly warningPercent?: number; readonly criticalPercent?: number };
    // Space is judged by what is left.
    const levels = check === 'disk-space-low' ? [100 - (warningPercent ?? 0), 100 - (criticalPercent ?? 0)] : [warningPercent, criticalPercent];
    expect([name, limit, criticalLimit]).toEqual([name, ...levels]);
  }
});
