import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintRota, onCallAt, RotaPlan } from '../../../collector/notify/rota.ts';
import { endOfHours, isWithin, WeeklyHours, weekGaps, weekMinutes } from '../../../collector/notify/weekly-hours.ts';

const at = (iso: string): number => Date.parse(iso);
const person = (id: string): object => ({ id, email: `${id}@example.com` });
const planOf = (change: object): RotaPlan => RotaPlan.parse({ zone: 'Asia/Shanghai', people: ['a', 'b', 'c', 'z'].map(person), layers: [], ...change });
const weekly = { name: 'weekly', startsOn: '2026-11-02', handover: '09:00', shiftDays: 7, people: ['a', 'b', 'c'] };
const whoAt = (plan: RotaPlan, iso: string): string => {
  const { people, because } = onCallAt(plan, at(iso));
  return `${people.map(({ id }) => id).join('+')} ${because}`;
};

describe('a rota', () => {
  it.each([
    ['2026-11-02T08:59:59+08:00', ' nobody'], // before it began
    ['2026-11-02T09:00:00+08:00', 'a layer'],
    ['2026-11-09T08:59:59+08:00', 'a layer'],
    ['2026-11-09T09:00:00+08:00', 'b layer'],
    ['2026-11-23T09:00:00+08:00', 'a layer'],
    ['2027-11-01T09:00:00+08:00', 'b layer'],
  ])('knows at %s: %s', (iso, who) => {
    expect(whoAt(planOf({ layers: [weekly] }), iso)).toBe(who);
  });
  it('hands over at the same wall time in the week when clocks change', () => {
    const plan = planOf({ zone: 'America/New_York', layers: [{ ...weekly, startsOn: '2026-10-26', people: ['a', 'b'] }] });
    expect(whoAt(plan, '2026-11-02T08:59:00-05:00')).toBe('a layer');
    expect(whoAt(plan, '2026-11-02T09:00:00-05:00')).toBe('b layer');
  });
  it('lets overrides go before layers, layers before the fallback, the first layer before the next', () => {
    const office = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
    const plan = planOf({
      layers: [{ ...weekly, people: ['a'], hours: office }],
      overrides: [{ from: '2026-11-24T10:00:00+08:00', to: '2026-11-24T12:00:00+08:00', person: 'b' }],
      fallback: ['z'],
    });
    expect(['09:59', '10:00', '11:59', '12:00', '18:00'].map((time) => whoAt(plan, `2026-11-24T${time}:00+08:00`))).toEqual([
      'a layer',
      'b override',
      'b override',
      'a layer',
      'z fallback',
    ]);
  });
  it('is refused when it leaves hours without anybody, unknown people or impossible overrides', () => {
    const office = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
    const now = at('2026-11-24T00:00:00Z');
    const errors = (change: object): readonly string[] =>
      lintRota(planOf(change), now)
        .filter(({ severity }) => severity === 'error')
        .map(({ text }) => text.en);
    expect(errors({ layers: [weekly] })).toEqual([]);
    expect(errors({ layers: [{ ...weekly, hours: office }], fallback: ['z'] })).toEqual([]);
    expect(errors({ layers: [{ ...weekly, hours: office }] })).toContain('nobody is on call from Mon 18:00 to Tue 09:00 every week, and there is no fallback');
    expect(errors({ layers: [] })).toHaveLength(1);
    expect(errors({ layers: [{ ...weekly, startsOn: '2027-01-01' }] })).toHaveLength(1);
    expect(errors({ layers: [{ ...weekly, people: ['a', 'nobody'] }] })).toEqual(['person "nobody" is not among the people']);
    expect(errors({ layers: [weekly], overrides: [{ from: '2026-11-24T12:00:00Z', to: '2026-11-24T10:00:00Z', person: 'a' }] })).toHaveLength(1);
  });
});

describe('weekly hours', () => {
  const night = WeeklyHours.parse({ zone: 'Asia/Shanghai', intervals: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }] });
  it.each([
    ['2026-11-24T21:59:59+08:00', false],
    ['2026-11-24T22:00:00+08:00', true],
    ['2026-11-25T06:59:59+08:00', true],
    ['2026-11-25T07:00:00+08:00', false],
    ['2026-11-30T00:30:00+08:00', true], // Sunday night into Monday
  ])('at %s within: %s', (iso, within) => {
    expect(isWithin(night, at(iso))).toBe(within);
  });
  it('end at the wall time, also in the night when clocks change', () => {
    const paris = WeeklyHours.parse({ ...night, zone: 'Europe/Paris' });
    expect(new Date(endOfHours(paris, at('2026-10-24T23:00:00+02:00'))).toISOString()).toBe('2026-10-25T06:00:00.000Z');
    expect(new Date(endOfHours(paris, at('2026-03-28T23:00:00+01:00'))).toISOString()).toBe('2026-03-29T05:00:00.000Z');
  });
  it('end outside of themselves, within a week, for any hours and any time', () => {
    const time = fc.integer({ min: 0, max: 47 }).map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
    const interval = fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: time, to: time });
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(
        zone,
        fc.array(interval, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
        (one, intervals, moment) => {
          const hours = { zone: one, intervals };
          const end = endOfHours(hours, moment);
          expect(end).toBeGreaterThanOrEqual(moment);
          expect(end - moment).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000);
          if (weekGaps(weekMinutes(intervals)).length > 0) expect(isWithin(hours, end)).toBe(false);
          if (!isWithin(hours, moment)) expect(end).toBe(moment);
        },
      ),
      { numRuns: 500 },
    );
  });
});
