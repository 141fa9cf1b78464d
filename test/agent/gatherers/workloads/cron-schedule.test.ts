import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../agent/gatherers/cluster/workloads/cron-schedule.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe('a cron schedule', () => {
  it.each([
    ['* * * * *', 60],
    ['*/5 * * * *', 300],
    ['*/7 * * * *', 420],
    ['0 * * * *', HOUR],
    ['30 2 * * *', DAY],
    ['0 0,12 * * *', 12 * HOUR],
    ['0 9-17 * * *', 16 * HOUR],
    ['0 9-17 * * 1-5', 2 * DAY + 16 * HOUR],
    ['0 0 * * 0', 7 * DAY],
    ['0 0 * * 7', 7 * DAY],
    ['0 0 * * MON', 7 * DAY],
    ['0 0 1 * *', 31 * DAY],
    ['0 0 31 * *', 61 * DAY],
    ['0 0 1 jan *', 366 * DAY],
    ['0 0 29 2 *', 1_461 * DAY],
    ['0 0 1 * 1', 7 * DAY], // either of both
    ['15/20 * * * *', 20 * 60], // 15, 35, 55,
    ['@hourly', HOUR],
    ['@daily', DAY],
    ['@Weekly', 7 * DAY],
    ['@every 1h30m', 5_400],
    ['CRON_TZ=Asia/Shanghai 0 3 * * *', DAY],
    ['TZ=UTC @daily', DAY],
    ['  0   3  *  *  ? ', DAY],
  ])('%s pauses for at most %i s', (text, periodSeconds) => {
    expect(parseSchedule(text)).toEqual({ kind: 'valid', periodSeconds });
  });
  it.each([
    '',
    'tomorrow',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '5-2 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '@every',
    '@every 0s',
    '@fortnightly',
    '__proto__',
    'constructor',
    '-1 * * * *',
  ])('%j is invalid', (text) => expect(parseSchedule(text)).toEqual({ kind: 'invalid' }));
  it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *'])('%s never comes', (text) => expect(parseSchedule(text)).toEqual({ kind: 'never' }));
  it.each(['__proto__', 'constructor', 'toString'])('a schedule that is a word of the language is invalid: %s', (text) => {
    expect(parseSchedule(text)).toEqual({ kind: 'invalid' });
  });
  it('of any text is read fast and without an exception', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => ['valid', 'invalid', 'never'].includes(parseSchedule(text).kind)),
      { numRuns: 300 },
    );
    const began = performance.now();
    parseSchedule(`${'1,'.repeat(200_000)}1 * * * *`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
