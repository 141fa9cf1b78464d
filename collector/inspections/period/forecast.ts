/**
 * When a series reaches its limit, if it goes on in its present course. The slope is the median of all pairs' slopes (Theil 1950,
 * Sen 1968) of that course: a few odd days do not move it, unlike a least-squares line. Pure; `at` is Unix seconds.
 */
import type { Forecast, Trend } from '../../../reports/facts/period.ts';
import { LEAST_POINTS, median, type Point, presentCourse } from './course.ts';

const DAY = 86_400;
/** Pairs grow with the square: more points are thinned out evenly. */
const MOST_POINTS = 200;
/** Beyond a year nobody plans by a straight line. */
const FARTHEST_DAYS = 365;
/** A moment that brings more than this share of the whole change is a step (a new volume, a clean-up), not a trend. */
const STEP_SHARE = 0.6;

/** Days on either side of a step. */
const BESIDE = 3;

export function forecastOf({ id, kind, name, unit, points, limit, criticalLimit, source }: Trend): Forecast | undefined {
  if (limit === undefined) return undefined;
  const known = thinned(points.flatMap(({ at, value }): Point[] => (value === null ? [] : [{ at, value }])));
  const last = known.at(-1);
  if (last === undefined) return undefined;
  const base = { id, kind, name, unit, current: last.value, limit, ...(criticalLimit !== undefined && { criticalLimit }), ...(source !== undefined && { source }) };
  const start = presentCourse(known, limit);
  const course = known.slice(start);
  const [first = last] = course;
  const days = (last.at - first.at) / DAY;
  if (course.length < LEAST_POINTS || days < LEAST_POINTS - 1) return { ...base, confidence: 'low', unknown: 'too-few-points' };
  const read = { ...base, days: Math.round(days) + 1, ...(start > 0 && { since: first.at }) };
  if (isStepped(course)) return { ...read, confidence: 'low', unknown: 'stepped' };
  const { slopePerDay, intercept } = theilSen(course);
  const fit = rSquared(course, slopePerDay, intercept);
  const confidence = days >= 60 && fit >= 0.8 ? 'high' : days >= 14 && fit >= 0.5 ? 'medium' : 'low';
  const rounded = Number(slopePerDay.toPrecision(4));
  const grows = slopePerDay * days > Math.max(Math.abs(limit) * 0.005, 1e-9);
  if (last.value < limit && !grows) return { ...read, slopePerDay: rounded, confidence, unknown: 'no-trend' };
  const left = last.value >= limit ? 0 : (limit - last.value) / slopePerDay;
  return { ...read, slopePerDay: rounded, confidence, ...(left <= FARTHEST_DAYS && { daysToLimit: Math.floor(left) }) };
}

export function theilSen(points: readonly Point[]): { readonly slopePerDay: number; readonly intercept: number } {
  const slopes: number[] = [];
  for (const [index, one] of points.entries())
    for (const other of points.slice(index + 1)) if (other.at > one.at) slopes.push((other.value - one.value) / ((other.at - one.at) / DAY));
  const slopePerDay = median(slopes);
  return { slopePerDay, intercept: median(points.map(({ at, value }) => value - (slopePerDay * at) / DAY)) };
}

/** Share of the variation that the line explains, 0 … 1. */
function rSquared(points: readonly Point[], slopePerDay: number, intercept: number): number {
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  let total = 0;
  let left = 0;
  for (const { at, value } of points) {
    total += (value - mean) ** 2;
    left += (value - (intercept + (slopePerDay * at) / DAY)) ** 2;
  }
  return total === 0 ? 0 : Math.max(0, 1 - left / total);
}

/** A step stays: nearly all days after it lie beyond nearly all before, which neither an odd day nor a week's ups and downs do. */
function isStepped(points: readonly Point[]): boolean {
  const values = points.map(({ value }) => value);
  const whole = Math.abs(median(values.slice(-BESIDE)) - median(values.slice(0, BESIDE)));
  for (let at = BESIDE; at <= values.length - BESIDE; at += 1) {
    const step = Math.abs(median(values.slice(at, at + BESIDE)) - median(values.slice(at - BESIDE, at)));
    if (step <= whole * STEP_SHARE) continue;
    const before = values.slice(0, at).toSorted((one, other) => one - other);
    const after = values.slice(at).toSorted((one, other) => one - other);
    if (share(before, 0.9) < share(after, 0.1) - step / 2 || share(after, 0.9) < share(before, 0.1) - step / 2) return true;
  }
  return false;
}
function share(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const every = points.length / MOST_POINTS;
  const last = points.length - 1;
  return Array.from({ length: MOST_POINTS }, (_, index) => points[last - Math.floor((MOST_POINTS - 1 - index) * every)]).filter((point) => point !== undefined);
}
