import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronFault, isReportCron, nextTurn, PRESETS, periodBefore, readDate, SPANS, usualPeriod } from '../../../collector/reports/periods.ts';

const at = (text: string): number => Date.parse(text);
const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString());

describe('the next turn', () => {
  it.each([
    ['daily', '2026-11-25T22:00:00.000Z'],
    ['weekly', '2026-11-29T22:00:00.000Z'],
    ['monthly', '2026-11-30T22:00:00.000Z'],
    ['quarterly', '2026-12-31T22:00:00.000Z'],
    ['semiannual', '2026-12-31T22:00:00.000Z'],
  ] as const)('%s is at six in the morning of the zone', (preset, turn) => expect(iso(nextTurn(PRESETS[preset].cron, 'Asia/Shanghai', at('2026-11-25T20:00:00Z')))).toBe(turn));
  it('every half year is twice a year, every quarter four times', () => {
    const turns = (cron: string): readonly string[] => {
      const found: string[] = [];
      for (
        let moment = nextTurn(cron, 'Asia/Shanghai', at('2026-12-31T00:00:00Z'));
        moment !== undefined && moment < at('2027-12-31T00:00:00Z');
        moment = nextTurn(cron, 'Asia/Shanghai', moment)
      )
        found.push(new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10));
      return found;
    };
    expect(turns(PRESETS.semiannual.cron)).toEqual(['2027-01-01', '2027-07-01']);
    expect(turns(PRESETS.quarterly.cron)).toEqual(['2027-01-01', '2027-04-01', '2027-07-01', '2027-10-01']);
  });
  it('of an hour that the clocks skip comes after the gap', () =>
    expect(iso(nextTurn('30 2 29 3 *', 'Europe/Berlin', at('2026-03-28T00:00:00Z')))).toBe('2026-03-29T01:30:00.000Z'));
  it('waits for a leap day, takes the last day of a month, and either of two day fields', () => {
    expect(iso(nextTurn('0 0 29 2 *', 'UTC', at('2026-03-01T00:00:00Z')))).toBe('2028-02-29T00:00:00.000Z');
    expect(iso(nextTurn('0 6 L * *', 'UTC', at('2027-02-01T00:00:00Z')))).toBe('2027-02-28T06:00:00.000Z');
    expect(iso(nextTurn('0 6 13 * 5', 'UTC', at('2026-11-01T00:00:00Z')))).toBe('2026-11-06T06:00:00.000Z');
  });
  it('is always later, and on a minute', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.constantFrom(...Object.values(PRESETS).map(({ cron }) => cron)),
        fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'UTC'),
        (after, cron, zone) => {
          const turn = nextTurn(cron, zone, after) ?? 0;
          expect(turn).toBeGreaterThan(after);
          expect(turn % 60_000).toBe(0);
        },
      ),
      { numRuns: 100 },
    ));
  it.each(['', '* * *', '0 0 31 2 *', '60 * * * *', '* * * * * *', 'x'.repeat(200), '@daily', '0 6 * * mon; rm'])('refuses %j', (text) => expect(isReportCron(text)).toBe(false));
  it.each([
    ['0 6 31 2 *', 'a day that never comes: no month of 2 has it'],
    ['0 6 31 4,6 *', 'a day that never comes: no month of 4,6 has it'],
    ['60 6 * * *', 'five fields of which one cannot be read: minute, hour, day, month, weekday'],
    ['0 6 1 *', 'five fields: minute, hour, day, month, weekday'],
    ['0 6 29 2 *', undefined],
  ])('says of %j what is wrong with it', (text, fault) => expect(cronFault(text)).toBe(fault));
});

describe('the period before a turn', () => {
  it.each([
    ['day', '2026-12-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['week', '2026-12-20T16:00:00.000Z', '2026-12-27T16:00:00.000Z'],
    ['month', '2026-11-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['quarter', '2026-09-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['half-year', '2026-06-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
  ] as const)('%s is whole and has ended', (span, from, to) => {
    const period = periodBefore(span, 'Asia/Shanghai', at('2027-01-01T06:00:00+08:00'));
    expect([iso(period.from), iso(period.to)]).toEqual([from, to]);
  });
  it('follows the one before without a gap', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1e12, max: 3e12 }), fc.constantFrom(...SPANS), fc.constantFrom('Asia/Shanghai', 'America/New_York'), (moment, span, zone) => {
        const { from, to } = periodBefore(span, zone, moment);
        expect(to).toBeLessThanOrEqual(moment);
        expect(periodBefore(span, zone, to - 1).to).toBe(from);
      }),
    ));
});

it.each(['2026-02-30', '../etc', '2026-1-1', '2026-01-01T25:00:00Z', "2026-01-01'; drop", '99999-01-01', ''])('%j is no date', (text) =>
  expect(readDate(text, 'UTC')).toBeUndefined(),
);
it('a day begins in its zone', () => expect(iso(readDate('2026-07-01', 'Asia/Shanghai'))).toBe('2026-06-30T16:00:00.000Z'));

describe('what a kind named after a span covers unless somebody says otherwise', () => {
  const before = Date.parse('2026-12-03T10:00:00+08:00');
  const known = (since: string) => ({ before, since: Date.parse(since) });
  const days = (period: { readonly from: number; readonly to: number } | undefined) => period && [iso(period.from), iso(period.to)];
  it('is the last whole month or week', () => {
    expect(days(usualPeriod('monthly', 'Asia/Shanghai', known('2026-06-01T00:00:00+08:00')))).toEqual(['2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z']);
    expect(days(usualPeriod('weekly', 'Asia/Shanghai', known('2026-06-01T00:00:00+08:00')))).toEqual(['2026-11-22T16:00:00.000Z', '2026-11-29T16:00:00.000Z']);
  });
  it('is what there is of this month where nothing was known before', () => {
    expect(days(usualPeriod('monthly', 'Asia/Shanghai', known('2026-12-02T00:00:00+08:00')))).toEqual(['2026-11-30T16:00:00.000Z', '2026-12-03T02:00:00.000Z']);
  });
  it('is the newest inspection for every other kind', () => {
    for (const kind of ['s360', 'daily', 'constructor']) expect(usualPeriod(kind, 'Asia/Shanghai', known('2026-06-01T00:00:00+08:00'))).toBeUndefined();
  });
});
