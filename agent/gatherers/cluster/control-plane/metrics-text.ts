/** Reading the Prometheus text format line by line: sums and histograms only, so that memory does not grow with the number of series. */

/** One sample; `label` finds a label's value, `undefined` when it is not there. */
export type Reader = (value: number, label: (key: string) => string | undefined) => void;

/** Feeds one line to the reader of its metric; comments, unknown metrics and values that are no number are passed over. */
export function readSample(line: string, readers: ReadonlyMap<string, Reader>): void {
  if (line.length === 0 || line.charCodeAt(0) === 0x23) return;
  const space = line.indexOf(' ');
  const brace = line.indexOf('{');
  const hasLabels = brace > 0 && (space < 0 || brace < space);
  const reader = readers.get(line.slice(0, hasLabels ? brace : Math.max(space, 0)));
  if (!reader) return;
  const close = hasLabels ? line.lastIndexOf('}') : space;
  if (close < 0) return;
  const text = line
    .slice(close + 1)
    .trim()
    .split(' ', 1)[0];
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return;
  const labels = hasLabels ? line.slice(brace + 1, close) : '';
  reader(value, (key) => labelOf(labels, key));
}

function labelOf(labels: string, key: string): string | undefined {
  const mark = `${key}="`;
  let at = labels.indexOf(mark);
  while (at > 0 && labels.charCodeAt(at - 1) !== 0x2c) at = labels.indexOf(mark, at + 1);
  if (at < 0) return undefined;
  const start = at + mark.length;
  const end = labels.indexOf('"', start);
  return end < 0 ? undefined : labels.slice(start, end);
}

/** No histogram of the API server has more buckets than 60. */
const MOST_BUCKETS = 200;

/** Cumulative counts by upper bound, summed over any number of series. */
export class Histogram {
  readonly #buckets = new Map<number, number>();

  /** @param le the label as printed, `+Inf` included */
  add(le: string | undefined, count: number): void {
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    if (le === undefined || Number.isNaN(bound) || count < 0) return;
    if (!this.#buckets.has(bound) && this.#buckets.size >= MOST_BUCKETS) return;
    this.#buckets.set(bound, (this.#buckets.get(bound) ?? 0) + count);
  }

  get total(): number {
    return this.#buckets.get(Number.POSITIVE_INFINITY) ?? 0;
  }

  /** Observations at or below a bound; `undefined` when no bucket ends there. */
  upTo(bound: number): number | undefined {
    return this.#buckets.get(bound);
  }

  /** What was added since an earlier reading of the same series; negative growth counts as none. */
  since(earlier: Histogram): Histogram {
    const out = new Histogram();
    for (const [bound, count] of this.#buckets) out.#buckets.set(bound, Math.max(0, count - (earlier.#buckets.get(bound) ?? 0)));
    return out;
  }

  /** Linear within the bucket, as Prometheus' `histogram_quantile`; `undefined` without observations. */
  quantile(share: number): number | undefined {
    const rank = share * this.total;
    if (!(rank > 0)) return undefined;
    let lower = 0;
    let below = 0;
    for (const [bound, count] of [...this.#buckets].sort(([a], [b]) => a - b)) {
      if (count >= rank) {
        if (!Number.isFinite(bound) || count === below) return lower;
        return lower + ((bound - lower) * (rank - below)) / (count - below);
      }
      lower = Number.isFinite(bound) ? bound : lower;
      below = count;
    }
    return lower;
  }
}
