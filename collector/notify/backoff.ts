/** How long to wait after a failure: full jitter, so that many that failed together do not come back together. */
const BASE_MS = 5_000;
const MOST_MS = 30 * 60_000;
const LEAST_MS = 1_000;

/**
 * @param attempts failures in a row, from 1
 * @param random 0 … 1
 * @param askedMs what the receiver asked for: a floor
 */
export function backoffMs(attempts: number, random: number, askedMs = 0): number {
  const ceiling = Math.min(MOST_MS, BASE_MS * 2 ** Math.min(attempts - 1, 20));
  return askedMs + Math.max(LEAST_MS, Math.round(random * ceiling));
}
