import { describe, expect, it } from 'vitest';
import { Coverage, calendarOf } from '../../../collector/support/coverage.ts';
import { type CalendarOverrides, holidayTable, loadHolidays } from '../../../collector/support/holidays.ts';
import { CalendarError } from '../../../collector/support/policy-error.ts';
import { measure, type Pause, reach } from '../../../collector/support/progress.ts';

const DATA = loadHolidays();
const HOUR = 3_600_000;
type Weekly = Record<string, string[]>;
function calendar(weekly: Weekly, zone = 'Asia/Shanghai', overrides: CalendarOverrides = {}, more: Record<string, unknown> = {}) {
  const holidays = weekly['daily'] ? 'ignore' : 'statutory';
  const coverage = Coverage.parse({ label: { zh: '时段', en: 'hours' }, weekly, holidays, ...more });
  return calendarOf(coverage, { zone, holidays: holidayTable(DATA, 'cn', overrides), appointments: overrides.appointments ?? [] }, true);
}
const NINE_TO_SIX = { workdays: ['09:00-18:00'] };
const due = (from: string, hours: number, which = calendar(NINE_TO_SIX), pauses: readonly Pause[] = []) =>
  reach({ calendar: which, unit: 'milliseconds', from: Date.parse(from), pauses }, [hours * HOUR]);
const local = (at: number | undefined, zone = 'Asia/Shanghai'): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at ?? Number.NaN).replace(' ', 'T');

describe('hand-computed dates, 9:00–18:00 Beijing, Chinese working days', () => {
  it.each([
    ['2026-02-13T16:00', 4, '2026-02-14T11:00:00'],
    ['2026-02-14T17:30', 4, '2026-02-24T12:30:00'],
    ['2026-10-01T10:00', 4, '2026-10-08T13:00:00'],
    ['2026-09-30T17:00', 8, '2026-10-08T16:00:00'],
    ['2026-09-20T10:00', 4, '2026-09-20T14:00:00'],
    ['2026-01-01T00:00', 1, '2026-01-04T10:00:00'],
    ['2026-05-08T17:59', 2 / 60, '2026-05-09T09:01:00'],
    ['2026-02-28T10:00', 9, '2026-03-02T10:00:00'],
    ['2026-04-30T17:00', 10, '2026-05-06T18:00:00'],
  ])('%s and %f h end %s', (from, hours, end) => {
    const { at, provisional } = due(`${from}:00+08:00`, hours);
    expect(local(at[0])).toBe(end);
    expect(provisional).toBe(false);
  });
  it('24×7 in New York over the spring change takes 24 hours of time, not of the wall', () => {
    const { at } = due('2026-03-07T12:00:00-05:00', 24, calendar({ daily: ['00:00-24:00'] }, 'America/New_York'));
    expect(local(at[0], 'America/New_York')).toBe('2026-03-08T13:00:00');
  });
});

describe('working days', () => {
  const days = (from: string, count: number, which = calendar({ workdays: ['08:00-18:00'] })) =>
    local(reach({ calendar: which, unit: 'working-days', from: Date.parse(from), pauses: [] }, [count]).at[0]);
  it.each([
    ['2026-11-27T16:00:00+08:00', 2, '2026-12-01T16:00:00'],
    ['2026-11-27T20:00:00+08:00', 2, '2026-12-01T18:00:00'],
    ['2026-11-28T10:00:00+08:00', 1, '2026-11-30T18:00:00'],
    ['2026-11-30T08:00:00+08:00', 1, '2026-11-30T18:00:00'],
    ['2026-02-13T16:00:00+08:00', 1, '2026-02-14T16:00:00'],
    ['2026-02-13T16:00:00+08:00', 2, '2026-02-24T16:00:00'],
    ['2026-09-30T12:00:00+08:00', 4, '2026-10-12T12:00:00'],
  ])('%s and %i end %s', (from, count, end) => {
    expect(days(from, count)).toBe(end);
  });
  it('keeps the time of day over a lunch break, and a short day is a whole one', () => {
    expect(days('2026-11-27T16:00:00+08:00', 2, calendar({ workdays: ['09:00-12:00', '13:00-18:00'] }))).toBe('2026-12-01T16:00:00');
    expect(days('2026-11-27T16:00:00+08:00', 2, calendar({ workdays: ['08:00-18:00'], mon: ['08:00-12:00'] }))).toBe('2026-12-01T16:00:00');
  });
});

describe('hours of the day', () => {
  it('takes breaks out, joins 24:00 with the next day, and says why each piece does not count', () => {
    const lunch = calendar(NINE_TO_SIX, 'Asia/Shanghai', {}, { breaks: ['12:00-13:00'] });
    const { at, segments } = due('2026-11-27T11:00:00+08:00', 3, lunch);
    expect(local(at[0])).toBe('2026-11-27T15:00:00');
    expect(segments.map(({ because, countedMs }) => [because, countedMs / HOUR])).toEqual([
      ['coverage', 1],
      ['break', 0],
      ['coverage', 2],
    ]);
    const night = calendar({ workdays: ['00:00-06:00', '22:00-24:00'] });
    expect(local(due('2026-11-25T23:00:00+08:00', 5, night).at[0])).toBe('2026-11-26T04:00:00');
  });
  it('names holidays, weekends and make-up workdays in the arithmetic', () => {
    const { segments } = due('2026-02-13T17:00:00+08:00', 11);
    expect(new Set(segments.map(({ because }) => because))).toEqual(new Set(['coverage', 'outside-coverage', 'make-up-workday', 'holiday']));
    expect(segments.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(11 * HOUR);
    for (const [index, { from }] of segments.entries()) if (index > 0) expect(from).toBe(segments[index - 1]?.to);
  });
  it('covers what the clock on the wall shows, both ways', () => {
    const berlin = calendar({ daily: ['02:30-04:00'] }, 'Europe/Berlin');
    // 02:30 does not exist on 29 March: an hour from 03:00. On 25 October it exists twice.
    expect(measure({ calendar: berlin, unit: 'milliseconds', from: Date.parse('2026-03-28T23:00:00Z'), pauses: [] }, Date.parse('2026-03-29T22:00:00Z')).countedMs / HOUR).toBe(1);
    expect(measure({ calendar: berlin, unit: 'milliseconds', from: Date.parse('2026-10-24T22:00:00Z'), pauses: [] }, Date.parse('2026-10-25T23:00:00Z')).countedMs / HOUR).toBe(2);
  });
});

describe('overrides and unknown years', () => {
  it('lets a contract close and open days, workdays being stronger', () => {
    const closed = calendar(NINE_TO_SIX, 'Asia/Shanghai', { holidays: ['2026-11-30', '2026-02-14'], workdays: ['2026-10-03'] });
    expect(local(due('2026-11-27T17:00:00+08:00', 2, closed).at[0])).toBe('2026-12-01T10:00:00');
    expect(local(due('2026-10-01T10:00:00+08:00', 4, closed).at[0])).toBe('2026-10-03T13:00:00');
    expect(local(due('2026-02-13T16:00:00+08:00', 4, closed).at[0])).toBe('2026-02-24T11:00:00');
    const both = calendar(NINE_TO_SIX, 'Asia/Shanghai', { holidays: ['2026-11-30'], workdays: ['2026-11-30'] });
    expect(local(due('2026-11-27T17:00:00+08:00', 2, both).at[0])).toBe('2026-11-30T10:00:00');
  });
  it('makes a make-up workday win over a holiday of another notice', () => {
    const table = holidayTable(DATA, 'cn', {
      years: [
        {
          year: 2027,
          papers: [],
          days: [
            { name: '元旦', date: '2026-12-31', isOffDay: true },
            { name: '元旦', date: '2026-12-31', isOffDay: false },
          ],
        },
      ],
    });
    expect(table.kindOf('2026-12-31')).toBe('make-up-workday');
  });
  it.each([
    ['2026-11-27T16:00:00+08:00', 4, false],
    ['2026-12-24T09:00:00+08:00', 4, false],
    // A notice for 2027 may still move the last days of 2026.
    ['2026-12-31T09:00:00+08:00', 4, true],
    ['2027-03-01T09:00:00+08:00', 4, true],
    ['2019-03-01T09:00:00+08:00', 4, true],
    ['2025-12-31T17:00:00+08:00', 4, false],
  ])('%s and %i h is provisional: %s', (from, hours, provisional) => {
    expect(due(from, hours).provisional).toBe(provisional);
  });
  it('is not provisional where holidays do not matter, or when the year is given', () => {
    expect(due('2027-03-01T09:00:00+08:00', 4, calendar({ daily: ['00:00-24:00'] })).provisional).toBe(false);
    expect(due('2027-03-01T09:00:00+08:00', 4, calendar(NINE_TO_SIX, 'Asia/Shanghai', { region: 'none' })).provisional).toBe(false);
    const known = calendar(NINE_TO_SIX, 'Asia/Shanghai', {
      years: [{ year: 2027, papers: ['https://www.gov.cn/'], days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] }],
    });
    expect(due('2026-12-31T17:00:00+08:00', 4, known)).toMatchObject({ provisional: false });
    expect(local(due('2026-12-31T17:00:00+08:00', 4, known).at[0])).toBe('2027-01-04T12:00:00');
    const empty = calendar(NINE_TO_SIX, 'Asia/Shanghai', { years: [{ year: 2027, papers: [], days: [] }] });
    expect(due('2027-03-01T09:00:00+08:00', 4, empty).provisional).toBe(true);
  });
  it('says so when nothing is ever covered, instead of counting all day', () => {
    const holidays = Array.from({ length: 400 }, (_, index) => new Date(Date.UTC(2026, 0, 5) + index * 7 * 86_400_000).toISOString().slice(0, 10));
    const never = calendar({ mon: ['09:00-10:00'] }, 'Asia/Shanghai', { region: 'none', holidays });
    expect(() => due('2026-01-05T00:00:00+08:00', 1, never)).toThrow(CalendarError);
  });
});

describe('pauses', () => {
  it('moves the due time by what was covered in the pause, over a holiday, too', () => {
    const pauses = [{ from: Date.parse('2026-09-30T16:00:00+08:00'), to: Date.parse('2026-10-08T10:00:00+08:00') }];
    expect(local(due('2026-09-30T15:00:00+08:00', 3, undefined, pauses).at[0])).toBe('2026-10-08T12:00:00');
  });
  it('counts overlapping pauses once, and has no due time while one has no end', () => {
    const at = (time: string): number => Date.parse(`2026-11-25T${time}:00+08:00`);
    const overlapping = [
      { from: at('11:00'), to: at('13:00') },
      { from: at('10:00'), to: at('12:00') },
    ];
    expect(local(due('2026-11-25T09:00:00+08:00', 2, undefined, overlapping).at[0])).toBe('2026-11-25T14:00:00');
    expect(due('2026-11-25T09:00:00+08:00', 2, undefined, [{ from: at('10:00') }]).at).toEqual([undefined]);
    expect(local(due('2026-11-25T09:00:00+08:00', 1, undefined, [{ from: at('10:00') }]).at[0])).toBe('2026-11-25T10:00:00');
  });
});

it('computes thousands of due times a second', () => {
  const which = calendar({ workdays: ['08:00-12:00', '13:00-18:00'] });
  const from = Date.parse('2026-01-05T00:00:00+08:00');
  const started = performance.now();
  for (let index = 0; index < 5_000; index += 1) reach({ calendar: which, unit: 'working-days', from: from + index * 6_000_000, pauses: [] }, [1, 2, 3, 4]);
  expect(performance.now() - started).toBeLessThan(2_500);
});
