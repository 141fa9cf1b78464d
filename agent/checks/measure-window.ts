/** Choosing between what was measured just now and what has piled up since a process started. */

/**
 * The recent value when it rests on enough observations, else the value since the start: a ratio of five requests says nothing.
 * `undefined` when there is neither.
 */
export function preferRecent(
  recent: { readonly value: number | undefined; readonly count: number | undefined },
  minimumCount: number,
  sinceStart: number | undefined,
): number | undefined {
  return recent.value !== undefined && recent.count !== undefined && recent.count >= minimumCount ? recent.value : sinceStart;
}

/** Average per hour since a start; the first hour counts as a whole one. `undefined` when a value is missing. */
export function perHourSince(count: number | undefined, startedAt: number | undefined, now: number): number | undefined {
  if (count === undefined || startedAt === undefined) return undefined;
  return Math.round((count / Math.max(1, (now - startedAt) / 3_600)) * 100) / 100;
}
