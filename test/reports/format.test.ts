import { describe, expect, it } from 'vitest';
import { UNITS } from '../../agent/wire/vocabulary.ts';
import {
  formatBytes,
  formatDays,
  formatDuration,
  formatNumber,
  formatObserved,
  formatQuantity,
  formatServiceTime,
  formatTime,
  formatZone,
  NO_VALUE,
  spaced,
} from '../../reports/format.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [1_303, '1,303'],
    [1_234_567, '1,234,567'],
    [Math.PI, '3.14'],
    [23.74, '23.7'],
    [118.6, '119'],
    [0.0042, '0.004'],
    [-3, '−3'],
    [-0.0001, '0'],
    [97.0, '97'],
    [2.5, '2.5'],
    [Number.NaN, NO_VALUE],
    [Number.POSITIVE_INFINITY, NO_VALUE],
    [1e21, '1.00e+21'],
  ])('%d reads %s', (value, text) => expect(formatNumber(value)).toBe(text));
});
describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
    [1000 * 1024 ** 3, '1,000 GiB'],
    [3 * 1024 ** 4, '3 TiB'],
    [9e18, '7,994 PiB'],
  ])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
describe('durations', () => {
  it.each([
    [3 * 86_400 + 4 * 3_600 + 59, '3 天 4 小时', '3 d 4 h'],
    [86_400, '1 天', '1 d'],
    [3_661, '1 小时 1 分', '1 h 1 min'],
    [59.5, '59.5 秒', '59.5 s'],
    [0.35, '350 毫秒', '350 ms'],
    [0, '0 秒', '0 s'],
    [-7_200, '−2 小时', '−2 h'],
    [3_599.9, '1 小时', '1 h'],
  ])('%d s read %s and %s', (seconds, zh, en) => {
    expect(formatDuration(seconds, 'zh')).toBe(zh);
    expect(formatDuration(seconds, 'en')).toBe(en);
  });
});
describe('times', () => {
  it('stand in the zone that is stated', () => {
    expect(formatTime(1_795_327_500, 480)).toBe('2026-11-22 14:05');
    expect(formatTime(1_795_327_500, 0)).toBe('2026-11-22 06:05');
    expect(formatTime(9e15, 0)).toBe(NO_VALUE);
    expect([formatZone(480), formatZone(-210), formatZone(0)]).toEqual(['UTC+8', 'UTC−3:30', 'UTC+0']);
  });
});
describe('observed values', () => {
  it('have a text for each unit in both languages', () => {
    for (const unit of UNITS) for (const locale of ['zh', 'en'] as const) expect(formatQuantity(12_345.6, unit, locale, 480)).not.toBe('');
  });
  it('are words, truth values or nothing as they come', () => {
    expect(formatObserved(undefined, 'count', 'zh', 480)).toBe(NO_VALUE);
    expect(formatObserved(Number.NaN, 'bytes', 'zh', 480)).toBe(NO_VALUE);
    expect(formatObserved(true, 'value', 'zh', 480)).toBe('是');
    expect(formatObserved('1.31.4', 'value', 'en', 480)).toBe('1.31.4');
    expect(formatObserved(91.25, 'percent', 'zh', 480)).toBe('91.3 %');
    expect(formatObserved(1, 'days', 'en', 480)).toBe('1 day');
    expect([formatObserved(-850, 'days', 'zh', 480), formatObserved(-850, 'days', 'en', 480), formatObserved(-1, 'days', 'en', 480)]).toEqual([
      '已过 850 天',
      '850 days ago',
      '1 day ago',
    ]);
    expect(formatObserved(2_500, 'millicores', 'zh', 480)).toBe('2.5 核');
  });
});
it('puts a space between Chinese and Latin', () => expect(spaced('首先是Pod反复重启80%以上')).toBe('首先是 Pod 反复重启 80% 以上'));

describe('periods and service time', () => {
  const half = [Date.parse('2026-07-01T00:00:00+08:00') / 1_000, Date.parse('2027-01-01T00:00:00+08:00') / 1_000] as const;
  it('a period ends on its last day, not on the one after', () => {
    expect(formatDays(...half, 480)).toEqual(['2026-07-01', '2026-12-31']);
    expect(formatDays(half[0], half[0], 480)).toEqual(['2026-07-01', '2026-07-01']);
    expect(formatDays(half[0], half[0] + 3_600, 480)).toEqual(['2026-07-01', '2026-07-01']);
  });
  it.each([
    [1_200, '20 分'],
    [72_000, '20 小时'],
    [3_060_000, '850 小时'],
    [86_400 + 1_800, '24 小时 30 分'],
  ])('%d seconds of service time read %s: there are no days in it', (seconds, text) => expect(formatServiceTime(seconds, 'zh')).toBe(text));
});
