/** When to try again: full jitter between nothing and a limit that doubles (AWS Architecture Blog, "Exponential Backoff And Jitter"). */

const BASE_MS = 1_000;
const MOST_MS = 5 * 60_000;

/**
 * Milliseconds to wait after so many failures in a row.
 * @param failures from 1 @param askedMs Retry-After: never earlier than that, spread over a quarter more @param random 0 ≤ x < 1
 */
export function backoffMs(failures: number, askedMs: number | undefined, random: number): number {
  const jittered = random * Math.min(MOST_MS, BASE_MS * 2 ** Math.min(failures, 20));
  return askedMs === undefined ? jittered : Math.max(jittered, askedMs * (1 + random / 4));
}
