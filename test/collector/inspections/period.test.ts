import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckVerdict, Finding } from '../../../agent/wire/inspection.ts';
import { type Before, compareFindings, identityOf } from '../../../collector/inspections/period/comparison.ts';
import { forecastOf, theilSen } from '../../../collector/inspections/period/forecast.ts';
import { mergedVerdicts } from '../../../collector/inspections/period/inspected.ts';
import { CLOCKS } from '../../../collector/support/clock.ts';
import type { Trend } from '../../../reports/facts/period.ts';
import { clockWord } from '../../../reports/service-words.ts';

const DAY = 86_400;
const trend = (values: readonly (number | null)[], limit = 85): Trend => ({
  id: 'disk/a',
  kind: 'disk',
  name: 'a',
  unit: 'percent',
  limit,
  points: values.map((value, day) => ({ at: day * DAY, value })),
});
const line = (days: number, slope: number, noise = 0): number[] => Array.from({ length: days }, (_, day) => 40 + slope * day + noise * Math.sin(day * 7));

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
    ['a step', [...line(30, 0), ...line(30, 0).map((value) => value + 30)], 'stepped'],
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

const finding = (name: string, change: Partial<Finding> = {}): Finding => ({
  ...{ check: 'disk-space-low', area: 'disk', severity: 'warning', unit: 'percent', observed: 10, threshold: 15 },
  scope: { kind: 'Mount', name, node: 'n' },
  ...change,
});
const verdict = (check: string, word: CheckVerdict['verdict']): CheckVerdict => ({ check, area: 'disk', severity: 'warning', verdict: word });

describe('a comparison', () => {
  const before: Before = {
    asOf: 1_000,
    score: 80,
    findings: ['/same', '/worse', '/better', '/gone', '/deadly'].map((name) => finding(name)),
    reports: new Map([[identityOf(finding('/same')), 4]]),
  };
  const now = [finding('/same'), finding('/worse', { observed: 4 }), finding('/better', { observed: 14 }), finding('/deadly', { severity: 'critical' }), finding('/new')];
  const standings = (word: CheckVerdict['verdict']) =>
    Object.fromEntries(
      compareFindings(before, { asOf: 2_000, findings: now, verdicts: [verdict('disk-space-low', word)] }, () => undefined).findings.map((one) => [
        one.finding.scope.name,
        one.standing,
      ]),
    );
  it('tells new, worse, open, better and gone, in the direction of the threshold', () =>
    expect(standings('fail')).toEqual({ '/same': 'open', '/worse': 'worse', '/better': 'better', '/deadly': 'worse', '/new': 'new', '/gone': 'gone' }));
  it('never calls gone what nobody looked at', () => expect(standings('unknown')['/gone']).toBe('open'));
  it('counts reports in a row', () => {
    const { findings } = compareFindings(before, { asOf: 2_000, findings: now, verdicts: [] }, () => undefined);
    expect(findings.find((one) => one.finding.scope.name === '/same')?.reports).toBe(5);
    expect(findings.find((one) => one.finding.scope.name === '/new')?.reports).toBe(1);
  });
});

it('of many machines one failure fails a check, and one that could not answer leaves it unknown', () => {
  const merged = (...words: CheckVerdict['verdict'][]) => mergedVerdicts(words.map((word) => ({ verdicts: [verdict('x', word)] }) as never))[0]?.verdict;
  expect([merged('pass', 'fail', 'unknown'), merged('pass', 'unknown'), merged('pass', 'not-applicable'), merged('not-applicable')]).toEqual([
    'fail',
    'unknown',
    'pass',
    'not-applicable',
  ]);
});

it('has words in both languages for every clock of a contract, however documents and policies call it', () => {
  for (const clock of [...CLOCKS, 'response', 'callback', 'plan', 'resolution']) {
    expect(clockWord(clock, 'zh'), clock).toMatch(/^[\u4e00-\u9fff]+$/);
    expect(clockWord(clock, 'en'), clock).toMatch(/^[A-Z]/);
  }
});
