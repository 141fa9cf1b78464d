/**
 * When a cron expression is due, worked out in a process of its own once in many runs: the library and the time zones' data (8 MiB of
 * ICU's tables at the first look) would stay in the agent's memory for one question a week.
 */
import { ask } from './asked-process.ts';

export interface DueRequest {
  /** Five fields, or six with seconds in front. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
}
/** Unix milliseconds, the next first, never none; or why there are none. */
export type DueAnswer = { readonly due: readonly number[] } | { readonly error: string };

/** The times could not be worked out: the process had no room, or was ended. */
export class DueTimesError extends Error {
  override readonly name = 'DueTimesError';
  constructor(why: string) {
    super(`schedule: ${why}`);
  }
}

const DEADLINE_MS = 30_000;

/** The next times after now. @throws DueTimesError */
export async function dueTimes(request: DueRequest, signal?: AbortSignal): Promise<readonly number[]> {
  const script = new URL(import.meta.url.endsWith('.ts') ? '../schedule-child.ts' : '../schedule-child.js', import.meta.url);
  const answer = await ask<DueAnswer>(script, request, { signal, deadlineMs: DEADLINE_MS });
  if (answer === undefined) throw new DueTimesError('stopped');
  if ('error' in answer) throw new DueTimesError(answer.error);
  return answer.due;
}
