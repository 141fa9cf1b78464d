import { describe, expect, it } from 'vitest';
import { median, presentCourse } from '../../../../collector/inspections/period/course.ts';

const DAY = 86_400;
const LIMIT = 100;
const daily = (...values: readonly number[]): { at: number; value: number }[] => values.map((value, day) => ({ at: day * DAY, value }));
const level = (days: number, value: number): number[] => Array.from({ length: days }, () => value);
const slope = (days: number, from: number, perDay: number): number[] => Array.from({ length: days }, (_, day) => from + perDay * day);
/** A small wave, the same in every run. */
const uneven = (values: readonly number[]): number[] => values.map((value, day) => value + ([0, 0.4, -0.3, 0.2, -0.4].at(day % 5) ?? 0));

describe('the present course of a series', () => {
  it('begins where a growth began', () => {
    expect(Math.abs(presentCourse(daily(...level(100, 40), ...slope(40, 41, 1)), LIMIT) - 100)).toBeLessThanOrEqual(1);
    expect(Math.abs(presentCourse(daily(...uneven([...level(100, 40), ...slope(40, 41, 1)])), LIMIT) - 100)).toBeLessThanOrEqual(3);
  });
  it('is the whole of a straight line, and of too few points', () => {
    expect(presentCourse(daily(...slope(120, 10, 0.5)), LIMIT)).toBe(0);
    expect(presentCourse(daily(...level(7, 40), ...slope(6, 45, 5)), LIMIT)).toBe(0);
  });
  it('begins after one clean-up', () => expect(presentCourse(daily(...slope(60, 20, 1), ...slope(30, 20, 1)), LIMIT)).toBe(60));
  it('takes clean-ups that come again and again for a part of itself', () =>
    expect(presentCourse(daily(...[0, 1, 2, 3].flatMap(() => slope(30, 20, 1)), ...slope(20, 20, 1)), LIMIT)).toBe(0));
  it('begins with a tooth of a saw that grows beyond the teeth before', () =>
    expect(Math.abs(presentCourse(daily(...[0, 1, 2].flatMap(() => slope(30, 20, 1)), ...slope(50, 20, 1)), LIMIT) - 90)).toBeLessThanOrEqual(1));
  it.each([
    [13, false],
    [16, true],
  ])('of a growth that ended %i days ago is the level after it: %s', (days, isNew) => expect(presentCourse(daily(...slope(60, 10, 1), ...level(days, 69)), LIMIT) > 0).toBe(isNew));
  it('knows a jump from a bend: only the jump is new at once', () => {
    expect(presentCourse(daily(...slope(60, 10, 1), ...level(10, 69)), LIMIT)).toBe(0);
    expect(presentCourse(daily(...slope(60, 10, 1), ...level(10, 80)), LIMIT)).toBe(60);
    expect(presentCourse(daily(...slope(60, 10, 1), ...level(10, 55)), LIMIT)).toBe(60);
  });
  it('is the level after a growth that ended, also where it had jumped once long before', () => {
    const ended = [...level(40, 60), ...slope(60, 10, 1), ...level(20, 69)];
    expect(Math.abs(presentCourse(daily(...ended), LIMIT) - 100)).toBeLessThanOrEqual(1);
  });
  it('counts a move as a jump from a twentieth of the limit on', () => {
    expect(presentCourse(daily(...level(60, 40), ...level(10, 44)), LIMIT)).toBe(0);
    expect(presentCourse(daily(...level(60, 40), ...level(10, 46)), LIMIT)).toBe(60);
  });
  it('does not depend on the moment at which the series begins', () => {
    const points = daily(...uneven([...level(100, 40), ...slope(40, 41, 1)]));
    expect(
      presentCourse(
        points.map(({ at, value }) => ({ at: at + 20_700 * DAY, value })),
        LIMIT,
      ),
    ).toBe(presentCourse(points, LIMIT));
  });
});

it.each([
  [[], 0],
  [[3], 3],
  [[5, 1], 3],
  [[9, 1, 4], 4],
  [[10, 9, 2, 1], 5.5],
])('the median of %j is %d', (values, middle) => expect(median(values)).toBe(middle));
