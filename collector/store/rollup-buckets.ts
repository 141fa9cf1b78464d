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
export type Folded = Numbers & { readonly after: number };
export interface Bucket {
  readonly clusterId: string;
  readonly machine: string;
  readonly resolution: 'h' | 'd';
  /** Its begin, UTC, milliseconds. */
  readonly at: number;
  /** What has to be folded into it. */
  readonly samples: readonly Sample[];
}
type Filling = Omit<Bucket, 'samples'> & { readonly samples: Sample[] };
/** Samples, minimum, maximum, total, last, after. */
type Stored = [number, number, number, number, number, number];

const STEPS_MS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
] as const;

/** One bucket a row, in the order of the key: collectors that write the same rows take their locks in the same order. */
export function bucketsOf(samples: readonly Sample[]): readonly Bucket[] {
  const buckets = new Map<string, Filling>();
  let own: readonly Filling[] = [];
  let last: Sample | undefined;
  for (const sample of samples) {
    // The numbers of one inspection stand together.
    if (last === undefined || last.at !== sample.at || last.machine !== sample.machine || last.clusterId !== sample.clusterId) own = bucketsAt(buckets, sample);
    for (const bucket of own) bucket.samples.push(sample);
    last = sample;
  }
  return [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bucket]) => bucket);
}
function bucketsAt(buckets: Map<string, Filling>, { clusterId, machine, at }: Sample): readonly Filling[] {
  return STEPS_MS.map(([resolution, stepMs]) => {
    const begin = Math.floor(at / stepMs) * stepMs;
    const key = `${clusterId}|${machine}|${resolution}|${begin}`;
    const known = buckets.get(key);
    if (known !== undefined) return known;
    const made: Filling = { clusterId, machine, resolution, at: begin, samples: [] };
    buckets.set(key, made);
    return made;
  });
}

/** A row's text: `{"score":[samples, minimum, maximum, total, last, after]}`. @param before the text that the row has */
export function textOf({ at: begin, samples }: Bucket, before: string | undefined): string {
  const numbers = before === undefined ? {} : storedIn(before);
  for (const { name, value, at } of samples) {
    const after = at - begin;
    const known = numbers[name];
    if (known === undefined) numbers[name] = [1, value, value, value, value, after];
    else {
      const [count, minimum, maximum, total, last, lastAfter] = known;
      const isNewer = after >= lastAfter;
      numbers[name] = [count + 1, Math.min(minimum, value), Math.max(maximum, value), total + value, isNewer ? value : last, isNewer ? after : lastAfter];
    }
  }
  return JSON.stringify(numbers);
}

/** By name, of a row's text. */
export function numbersOf(text: string): ReadonlyMap<string, Folded> {
  return new Map(Object.entries(storedIn(text)).map(([name, [samples, minimum, maximum, total, last, after]]) => [name, { samples, minimum, maximum, total, last, after }]));
}
function storedIn(text: string): Record<string, Stored> {
  return JSON.parse(text) as Record<string, Stored>; // our own text
}
