/** What a series of measurements proves, without believing that they spread like a bell: other load on a machine never does. */

export interface Interval {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Fewer prove nothing at 95 %. */
export const FEWEST = 6;

/** The median and where, with at least 95 %, that of all measurements to come lies: by the ranks of the sign test. */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const { length } = sorted;
  const middle = ((sorted[Math.floor((length - 1) / 2)] ?? Number.NaN) + (sorted[Math.floor(length / 2)] ?? Number.NaN)) / 2;
  // How many may lie outside at each end: P(Binomial(n, 1/2) ≤ outside) ≤ 2.5 %.
  let outside = -1;
  let chance = 0.5 ** length;
  for (let sum = chance; sum <= 0.025; sum += chance) {
    outside += 1;
    chance = (chance * (length - outside)) / (outside + 1);
  }
  if (outside < 0) return { low: Number.NEGATIVE_INFINITY, median: middle, high: Number.POSITIVE_INFINITY };
  return { low: sorted[outside] ?? Number.NaN, median: middle, high: sorted[length - 1 - outside] ?? Number.NaN };
}
