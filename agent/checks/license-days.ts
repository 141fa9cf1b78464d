/** Days that a licence still has: the steps that all products with one share. */
import { below } from './levels.ts';
import type { Judgement } from './middleware-rows.ts';

/** Whole days from `now` to a moment, both Unix seconds; negative when it has passed. */
export function daysUntilTime(at: number, now: number): number {
  return Math.floor((at - now) / 86_400);
}
/** One that has ended is the concern of the check for that. */
export function judgeLicense(
  { licenseEndsAt, licenseNever }: { readonly licenseEndsAt?: number | undefined; readonly licenseNever?: boolean | undefined },
  limits: { readonly infoDays: number; readonly warningDays: number; readonly criticalDays: number },
  now: number,
): Judgement {
  if (licenseNever === true) return [];
  if (licenseEndsAt === undefined) return 'silent';
  const days = daysUntilTime(licenseEndsAt, now);
  return days < 0 ? [] : below(days, { info: limits.infoDays, warning: limits.warningDays, critical: limits.criticalDays });
}
