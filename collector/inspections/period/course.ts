/**
 * The part of a series that its present course is read from: after the last change that an eye would see in the curve. The
 * series is cut into straight pieces at the least cost: the squares of what the lines leave over, and a price for every piece
 * (optimal partitioning, Jackson et al. 2005; the price after Schwarz' criterion). Odd days are smoothed away first.
 * Pure; `at` is Unix seconds.
 */

export interface Point {
  readonly at: number;
  readonly value: number;
}

const DAY = 86_400;
/** Fewer points are no course yet. */
export const LEAST_POINTS = 7;
/** A pause or a fall has to last so long before a growth is called over. */
const LASTING_DAYS = 14;
/** Slope, level and place of every piece, at twice Schwarz' price: a wave of noise is no change of course. */
const PRICE = 6;
/** Noise below this share of the limit is seen by nobody. */
const LEAST_NOISE = 0.002;
/** A break is a jump where the level moves by more than so many times the noise, and by this share of the limit. */
const JUMP = { noises: 6, share: 0.05 } as const;

/**
 * @param points oldest first, at most a few hundred
 * @param limit what the series must not pass: the measure of what is small
 * @returns index of the first point of the present course; 0 when the whole is one course, and when what goes up and down stays within its bounds
 */
export function presentCourse(points: readonly Point[], limit: number): number {
  if (points.length < 2 * LEAST_POINTS) return 0;
  const smooth = smoothed(points);
  const small = Math.abs(limit) * LEAST_NOISE;
  const noise = Math.max(noiseOf(points), small);
  const starts = pieces(smooth, noise);
  const start = starts.at(-1) ?? 0;
  if (start === 0) return 0;
  const ends = [...starts.slice(1), smooth.length];
  const lines = starts.map((from, index) => lineOf(smooth.slice(from, ends[index])));
  const jumps = starts.slice(1).flatMap((from, index) => {
    const [before, after, point] = [lines[index], lines[index + 1], smooth[from]];
    return before && after && point && Math.abs(after(point.at) - before(point.at)) > Math.max(JUMP.noises * noise, Math.abs(limit) * JUMP.share) ? [from] : [];
  });
  // A jump that came once makes a new course; one that comes again and again (clean-ups) belongs to the course.
  if (jumps.length === 1 && jumps[0] === start) return start;
  const [first, last] = [smooth[start], smooth.at(-1)];
  const line = lines.at(-1);
  if (!first || !last || !line) return 0;
  if (line(last.at) - line(first.at) > 2 * noise) return last.value > Math.max(...smooth.slice(0, start).map(({ value }) => value)) + 2 * noise ? start : 0;
  return jumps.length <= 1 && (last.at - first.at) / DAY >= LASTING_DAYS ? start : 0;
}

/** First points of the pieces, the first of all included. */
function pieces(points: readonly Point[], noise: number): readonly number[] {
  const costOf = squaresLeft(points);
  const price = PRICE * noise ** 2 * Math.log(points.length);
  const best: { readonly cost: number; readonly from: number }[] = [{ cost: -price, from: 0 }];
  for (let end = 1; end <= points.length; end += 1) {
    let found = { cost: Number.POSITIVE_INFINITY, from: 0 };
    for (let from = 0; from <= end - LEAST_POINTS; from += 1) {
      const cost = (best[from]?.cost ?? Number.POSITIVE_INFINITY) + costOf(from, end) + price;
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const starts: number[] = [];
  for (let end = points.length; end > 0; ) {
    const from = best[end]?.from ?? 0;
    starts.unshift(from);
    end = from;
  }
  return starts;
}

/** Squares that the best line of `points[from, end)` leaves over, each in constant time from running sums. */
function squaresLeft(points: readonly Point[]): (from: number, end: number) => number {
  const [first] = points;
  const sums: { readonly x: number; readonly y: number; readonly xx: number; readonly xy: number; readonly yy: number }[] = [{ x: 0, y: 0, xx: 0, xy: 0, yy: 0 }];
  for (const { at, value: y } of points) {
    const x = (at - (first?.at ?? 0)) / DAY;
    const sum = sums.at(-1) ?? { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
    sums.push({ x: sum.x + x, y: sum.y + y, xx: sum.xx + x * x, xy: sum.xy + x * y, yy: sum.yy + y * y });
  }
  return (from, end) => {
    const [one, other] = [sums[from], sums[end]];
    if (!one || !other) return 0;
    const count = end - from;
    const x = other.x - one.x;
    const y = other.y - one.y;
    const xx = other.xx - one.xx - (x * x) / count;
    const xy = other.xy - one.xy - (x * y) / count;
    const yy = other.yy - one.yy - (y * y) / count;
    return Math.max(0, yy - (xx > 0 ? (xy * xy) / xx : 0));
  };
}
/** Least squares: the value of the line at a moment. */
function lineOf(points: readonly Point[]): (at: number) => number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const middle = mean(points.map(({ at }) => at));
  const level = mean(points.map(({ value }) => value));
  const spread = points.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  const slope = spread === 0 ? 0 : points.reduce((sum, { at, value }) => sum + (at - middle) * (value - level), 0) / spread;
  return (at) => level + slope * (at - middle);
}

/** The middle one of every three: a single odd day is gone, a step stays where it is. */
function smoothed(points: readonly Point[]): readonly Point[] {
  return points.map(({ at, value }, index) => ({ at, value: median([points[index - 1]?.value ?? value, value, points[index + 1]?.value ?? value]) }));
}
/** Standard deviation of what is no course: second differences do not see a line, their median sees neither steps nor odd days. */
function noiseOf(points: readonly Point[]): number {
  const seconds = points.slice(2).map(({ value }, index) => Math.abs(value - 2 * (points[index + 1]?.value ?? value) + (points[index]?.value ?? value)));
  return (1.4826 * median(seconds)) / Math.sqrt(6);
}
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
