/** Zones of places, as calendars, rotas and schedules count in them. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

export const NOT_A_ZONE = 'an IANA time zone such as Asia/Shanghai';

/**
 * Whether a name stands for one place's time. Abbreviations do not: CST is China's time and Chicago's, and the formatter of the
 * language takes such names although nothing can be counted in them. An offset knows no summer time.
 */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

export const Zone = z.string().max(64).refine(isZone, { error: NOT_A_ZONE });
