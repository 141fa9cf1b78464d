/**
 * The part of the configuration file that is about triggers:
 *
 * ```yaml
 * triggers:
 *   disk-space-low:
 *     forSeconds: 300                # must have held for so long, beyond what the check itself waits for
 *     keepFiringSeconds: 600         # must have been away for so long before it is over
 *     samples: { atLeast: 3, of: 5 } # seen in so many of the last looks
 *     staleSeconds: 900              # neither seen nor refuted for so long, it is stale
 *     clear: { warningPercent: 20 }  # is over when these thresholds of the check are kept
 *   link-down: { opens: false }      # stands in reports only
 * maintenance:
 *   - match: { kind: Node, name: "db-*" }   # and what lives on them; everything when left out
 *     checks: ["disk-*"]                     # every check when left out
 *     weekly: { days: [sat], from: "22:00", to: "02:00", timeZone: Asia/Shanghai }
 *   - once: { from: "2026-12-01T20:00:00+08:00", to: "2026-12-02T02:00:00+08:00" }
 * fastPath: { intervalSeconds: 60 }
 * ```
 */
import { z } from 'zod';
import type { Check } from './checks/check.ts';
import { MOST_LOOKS } from './triggers/flap.ts';
import { type MaintenanceWindow, type Once, WEEKDAYS, type Weekly } from './triggers/maintenance.ts';
import type { TriggerSetting } from './triggers/rules.ts';

const YEAR = 366 * 86_400;
const duration = z.int().min(0).max(YEAR).optional();
const looks = z.int().min(1).max(MOST_LOOKS);

export const triggerSetting = z.strictObject({
  opens: z.boolean().optional(),
  forSeconds: duration,
  keepFiringSeconds: duration,
  staleSeconds: duration,
  samples: z
    .strictObject({ atLeast: looks, of: looks })
    .refine(({ atLeast, of }) => atLeast <= of, 'atLeast ≤ of')
    .optional(),
  clear: z.record(z.string(), z.number()).optional(),
});

const instant = z.iso.datetime({ offset: true, error: 'RFC 3339, e.g. 2026-12-01T20:00:00+08:00' }).transform((text) => Math.floor(Date.parse(text) / 1_000));
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const timeZone = z.string().refine(isTimeZone, 'IANA time zone, e.g. Asia/Shanghai');

const once = z.strictObject({ from: instant, to: instant }).refine(({ from, to }) => from < to, 'from < to');
const weekly = z.strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1).max(7), from: timeOfDay, to: timeOfDay, timeZone });
/** Either of the two ways to name a time: a `Once` or a `Weekly`. */
export const timeWindow = z
  .strictObject({ once: once.optional(), weekly: weekly.optional() })
  .refine((window) => (window.once === undefined) !== (window.weekly === undefined), 'once | weekly')
  .transform(whenOf);

function whenOf(window: { once?: z.infer<typeof once> | undefined; weekly?: z.infer<typeof weekly> | undefined }): Once | Weekly {
  return window.once ?? { days: window.weekly?.days ?? [], fromMinute: window.weekly?.from ?? 0, toMinute: window.weekly?.to ?? 0, timeZone: window.weekly?.timeZone ?? 'UTC' };
}

/** @param match shape of a scope's pattern */
export function maintenanceWindow<M extends z.ZodType>(match: M) {
  return z
    .strictObject({
      match: match.optional(),
      checks: z.array(z.string().min(1).max(120)).min(1).max(100).optional(),
      once: once.optional(),
      weekly: weekly.optional(),
    })
    .refine((window) => (window.once === undefined) !== (window.weekly === undefined), 'once | weekly')
    .transform(({ match: about, checks, ...window }) => ({
      ...(about !== undefined && { match: about }),
      ...(checks !== undefined && { checks }),
      when: whenOf(window),
    }));
}
export type { MaintenanceWindow };

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Keys of `clear` that the check has no number threshold for. */
export function unknownClearKeys(check: Pick<Check, 'threshold'>, { clear = {} }: TriggerSetting): readonly string[] {
  return Object.keys(clear).filter((key) => typeof check.threshold[key] !== 'number');
}
