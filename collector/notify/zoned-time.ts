/** Times and countdowns as messages print them: wall time of the customer's site, the zone stated once. */
import { Temporal } from 'temporal-polyfill';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { formatDuration, formatZone, say } from '../../reports/format.ts';

/** `2026-11-22 14:05`. An unknown zone is UTC. */
export function zonedTime(at: number, zone: string): string {
  return zoned(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
/** `Asia/Shanghai, UTC+8`. */
export function zoneWords(at: number, zone: string): string {
  const local = zoned(at, zone);
  return `${local.timeZoneId}, ${formatZone(local.offsetNanoseconds / 60e9)}`;
}
export function zoneMinutes(at: number, zone: string): number {
  return zoned(at, zone).offsetNanoseconds / 60e9;
}
/** `还剩 25 分`, `已超过 1 小时 3 分`. */
export function countdown(dueAt: number, now: number, locale: Locale): string {
  const seconds = Math.round(Math.abs(dueAt - now) / 60_000) * 60;
  if (seconds === 0) return say(locale, '此刻到期', 'due now');
  const duration = formatDuration(seconds, locale);
  return dueAt > now ? say(locale, `还剩 ${duration}`, `${duration} left`) : say(locale, `已超过 ${duration}`, `${duration} over`);
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.round(at));
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    return instant.toZonedDateTimeISO('UTC');
  }
}
