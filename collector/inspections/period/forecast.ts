/**
 * When a series reaches its limit. The slope is the median of all pairs' slopes (Theil 1950, Sen 1968): a few odd days do not move
 * it, unlike a least-squares line. Pure; `at` is Unix seconds.
 */
import type { Forecast, Trend } from '../../../reports/facts/period.ts';

const DAY = 86_400;
/** Fewer days say nothing about the next. */
const LEAST_POINTS = 7;
/** Pairs grow with the square: more points are thinned out evenly. */
const MOST_POINTS = 200;
/** Beyond a year nobody plans by a straight line. */
const FARTHEST_DAYS = 365;
/** A moment that brings more than this share of the whole change is a step (a new volume, a clean-up), not a trend. */
const STEP_SHARE = 0.6;

/** Days on either side of a step. */
const BESIDE = 3;

interface Point {
  readonly at: number;
  readonly value: number;
}

export function forecastOf({ id, kind, name, unit, points, limit }: Trend): Forecast | undefined {
  if (limit === undefined) return undefined;
  const known = points.flatMap(({ at, value }): Point[] => (value === null ? [] : [{ at, value }]));
  const last = known.at(-1);
  if (last === undefined) return undefined;
  const base = { id, kind, name, unit, current: last.value, limit };
  const [first = last] = known;
  const days = (last.at - first.at) / DAY;
  if (known.length < LEAST_POINTS || days < LEAST_POINTS - 1) return { ...base, confidence: 'low', unknown: 'too-few-points' };
  if (isStepped(known)) return { ...base, confidence: 'low', unknown: 'stepped' };
  const { slopePerDay, intercept } = theilSen(thinned(known));
  const fit = rSquared(known, slopePerDay, intercept);
  const confidence = days >= 60 && fit >= 0.8 ? 'high' : days >= 14 && fit >= 0.5 ? 'medium' : 'low';
  const rounded = Number(slopePerDay.toPrecision(4));
  const grows = slopePerDay * days > Math.max(Math.abs(limit) * 0.005, 1e-9);
  if (last.value < limit && !grows) return { ...base, slopePerDay: rounded, confidence, unknown: 'no-trend' };
  const left = last.value >= limit ? 0 : (limit - last.value) / slopePerDay;
  return { ...base, slopePerDay: rounded, confidence, ...(left <= FARTHEST_DAYS && { daysToLimit: Math.floor(left) }) };
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

/** A step stays: the days after it differ from those before, which one odd day does not do. */
function isStepped(points: readonly Point[]): boolean {
  const values = points.map(({ value }) => value);
  const whole = Math.abs(median(values.slice(-BESIDE)) - median(values.slice(0, BESIDE)));
  const usual = median(values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value))));
  let largest = 0;
  for (let at = BESIDE; at <= values.length - BESIDE; at += 1) largest = Math.max(largest, Math.abs(median(values.slice(at, at + BESIDE)) - median(values.slice(at - BESIDE, at))));
  // What goes up and down every day has large steps and a small change: that is no step.
  return whole > 0 && largest > whole * STEP_SHARE && largest > usual * BESIDE * 2;
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const every = points.length / MOST_POINTS;
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.floor(index * every)]).filter((point) => point !== undefined);
}
function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
