/** Hours of a week in a zone: when a route applies, when it is quiet, which shift a layer covers. Daylight saving is the zone's. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { Zone } from '../support/zone.ts';

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time like 08:30, at most 24:00');

/** `to` at or before `from` ends on the next day. 1 is Monday. */
export const WeeklyInterval = z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: WallTime, to: WallTime });
export type WeeklyInterval = z.infer<typeof WeeklyInterval>;
export const WeeklyHours = z.strictObject({ zone: Zone, intervals: z.array(WeeklyInterval).min(1).max(50) });
export type WeeklyHours = z.infer<typeof WeeklyHours>;

export const WEEK_MINUTES = 7 * 24 * 60;

/** Stretches of minutes since Monday 00:00, sorted and merged; what passes Sunday's end is wrapped to Monday. */
export function weekMinutes(intervals: readonly WeeklyInterval[]): readonly (readonly [from: number, to: number])[] {
  const stretches: [number, number][] = [];
  for (const { days, from, to } of intervals) {
    for (const day of days) {
      const start = (day - 1) * 1_440 + minutesOf(from);
      const end = (day - 1) * 1_440 + minutesOf(to) + (minutesOf(to) <= minutesOf(from) ? 1_440 : 0);
      stretches.push([start, Math.min(end, WEEK_MINUTES)]);
      if (end > WEEK_MINUTES) stretches.push([0, end - WEEK_MINUTES]);
    }
  }
  stretches.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of stretches) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
/** What of the week the stretches leave open. */
export function weekGaps(stretches: readonly (readonly [number, number])[]): readonly (readonly [from: number, to: number])[] {
  const gaps: [number, number][] = [];
  let from = 0;
  for (const [start, end] of stretches) {
    if (start > from) gaps.push([from, start]);
    from = Math.max(from, end);
  }
  if (from < WEEK_MINUTES) gaps.push([from, WEEK_MINUTES]);
  return gaps;
}
export function coversWeek(intervals: readonly WeeklyInterval[]): boolean {
  return weekGaps(weekMinutes(intervals)).length === 0;
}

/** @param at milliseconds since 1970 */
export function isWithin(hours: WeeklyHours, at: number): boolean {
  return minutesLeft(hours, at) !== undefined;
}

/**
 * First moment at or after `at` that is outside of the hours, in milliseconds since 1970. Hours that cover the whole week have
 * none: `at` itself then, so that nothing is held for ever.
 */
export function endOfHours(hours: WeeklyHours, at: number): number {
  if (coversWeek(hours.intervals)) return at;
  let moment = at;
  for (let step = 0; step < 20; step += 1) {
    const left = minutesLeft(hours, moment);
    if (left === undefined) return moment;
    // Wall time, not elapsed time: quiet until 07:00 is until 07:00 in the night of a change of clocks too.
    const local = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(hours.zone).round({ smallestUnit: 'minute', roundingMode: 'floor' });
    moment = local.toPlainDateTime().add({ minutes: left }).toZonedDateTime(hours.zone).epochMilliseconds;
  }
  return moment;
}

/** Minutes of wall time until the stretch around `at` ends. */
function minutesLeft({ zone, intervals }: WeeklyHours, at: number): number | undefined {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const minute = (local.dayOfWeek - 1) * 1_440 + local.hour * 60 + local.minute;
  const around = weekMinutes(intervals).find(([from, to]) => from <= minute && minute < to);
  return around === undefined ? undefined : around[1] - minute;
}
function minutesOf(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}
