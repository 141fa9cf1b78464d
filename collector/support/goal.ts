/** How a policy writes the length of a clock. */
import { z } from 'zod';
import type { ProgressUnit } from './progress.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** `PT4H`, `PT30M`, `PT1H30M`: hours and minutes of covered time. */
export const DURATION = /^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,4})M)?$/;

const GOAL_FORMS = 'goal is PT4H, PT30M, { hours: 4 }, { minutes: 30 }, { workingDays: 2 } or none';
/** `PT4H`, `{ hours: 4 }`, `{ minutes: 30 }`, `{ workingDays: 2 }` (whole working days), or `none`: the contract sets no time. */
export const Goal = z.union(
  [
    z.literal('none'),
    z.string().regex(DURATION, { error: GOAL_FORMS }),
    z.strictObject({ hours: z.number().positive().max(2_000) }),
    z.strictObject({ minutes: z.number().positive().max(120_000) }),
    z.strictObject({ workingDays: z.number().int().positive().max(250) }),
  ],
  { error: GOAL_FORMS },
);
export type Goal = z.infer<typeof Goal>;

/** A goal as clocks use it; absent where the contract sets none. */
export interface Aim {
  readonly unit: ProgressUnit;
  readonly amount: number;
}

export function aimOf(goal: Goal): Aim | undefined {
  if (goal === 'none') return undefined;
  if (typeof goal === 'string') return { unit: 'milliseconds', amount: durationMs(goal) };
  if ('hours' in goal) return { unit: 'milliseconds', amount: Math.round(goal.hours * HOUR_MS) };
  if ('minutes' in goal) return { unit: 'milliseconds', amount: Math.round(goal.minutes * MINUTE_MS) };
  return { unit: 'working-days', amount: goal.workingDays };
}

/** Milliseconds of a {@link DURATION}; 0 for what is none. */
export function durationMs(text: string): number {
  const [, hours = '0', minutes = '0'] = DURATION.exec(text) ?? [];
  return Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
}
