/** Arithmetic of buckets: samples of a machine in one hour or day, and how their numbers stand in a row. Pure. */

export interface Sample {
  readonly clusterId: string;
  /** Empty for the cluster. */
  readonly machine: string;
  /** e.g. `cpu.used-percent`. */
  readonly name: string;
  /** Milliseconds. */
  readonly at: number;
  readonly value: number;
}
/** What a bucket knows of one number. */
export interface Numbers {
  readonly samples: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly total: number;
  readonly last: number;
}
/** `after`: when the last one was taken, in milliseconds from the begin of the bucket. */
type Folded = Numbers & { readonly after: number };
export interface Bucket {
  readonly clusterId: string;
  readonly machine: string;
  readonly resolution: 'h' | 'd';
  /** Its begin, UTC, milliseconds. */
  readonly at: number;
  readonly numbers: ReadonlyMap<string, Folded>;
}
type Filling = Omit<Bucket, 'numbers'> & { readonly numbers: Map<string, Folded> };

const STEP_MS: Readonly<Record<Bucket['resolution'], number>> = { h: 3_600_000, d: 86_400_000 };

/** One bucket a row, in the order of the key: collectors that write the same rows take their locks in the same order. */
export function bucketsOf(samples: readonly Sample[]): readonly Bucket[] {
  const buckets = new Map<string, Filling>();
  for (const { clusterId, machine, name, at, value } of samples)
    for (const resolution of ['d', 'h'] as const) {
      const begin = Math.floor(at / STEP_MS[resolution]) * STEP_MS[resolution];
      const key = `${clusterId}|${machine}|${resolution}|${begin}`;
      const bucket = buckets.get(key) ?? { clusterId, machine, resolution, at: begin, numbers: new Map() };
      if (bucket.numbers.size === 0) buckets.set(key, bucket);
      bucket.numbers.set(name, joined(bucket.numbers.get(name), { samples: 1, minimum: value, maximum: value, total: value, last: value, after: at - begin }));
    }
  return [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bucket]) => bucket);
}

function joined(before: Folded | undefined, more: Folded): Folded {
  if (before === undefined) return more;
  return {
    samples: before.samples + more.samples,
    minimum: Math.min(before.minimum, more.minimum),
    maximum: Math.max(before.maximum, more.maximum),
    total: before.total + more.total,
    ...(more.after >= before.after ? { last: more.last, after: more.after } : { last: before.last, after: before.after }),
  };
}

/** A row's text: `{"score":[samples, minimum, maximum, total, last, after]}`. @param before the text that the row has */
export function textOf({ numbers }: Bucket, before: string | undefined): string {
  const all = new Map(before === undefined ? [] : numbersOf(before));
  for (const [name, more] of numbers) all.set(name, joined(all.get(name), more));
  return JSON.stringify(Object.fromEntries([...all].map(([name, { samples, minimum, maximum, total, last, after }]) => [name, [samples, minimum, maximum, total, last, after]])));
}

/** By name, of a row's text. */
export function numbersOf(text: string): ReadonlyMap<string, Folded> {
  const parsed = JSON.parse(text) as Record<string, [number, number, number, number, number, number]>; // our own text
  return new Map(Object.entries(parsed).map(([name, [samples, minimum, maximum, total, last, after]]) => [name, { samples, minimum, maximum, total, last, after }]));
}
