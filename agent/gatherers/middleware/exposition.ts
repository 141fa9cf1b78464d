/** Prometheus' text format, read for the families that are asked for; everything else is dropped line by line. */

/** One sample: the labels that were asked for, and its value. */
export interface Sample {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}
export type Families = ReadonlyMap<string, readonly Sample[]>;
const MOST_LINES = 100_000;
const MOST_SAMPLES = 2_000;

/** @param wanted names of samples, spelled whole (`…_bucket`) @param labels the only labels whose values are kept */
export function parseExposition(text: string, wanted: ReadonlySet<string>, labels: ReadonlySet<string> = new Set()): Families {
  const families = new Map<string, Sample[]>();
  for (const line of text.split('\n', MOST_LINES)) {
    const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0];
    if (name === undefined || !wanted.has(name)) continue;
    const samples = families.get(name) ?? [];
    const value = measureOf(line);
    if (value === undefined || samples.length >= MOST_SAMPLES) continue;
    samples.push({ labels: labelsOf(line, labels), value });
    families.set(name, samples);
  }
  return families;
}
function measureOf(line: string): number | undefined {
  const rest = line.slice(line.lastIndexOf('}') + 1).trim();
  const text = (line.includes('}') ? rest : rest.slice(rest.search(/\s/)).trim()).split(/\s/, 1)[0] ?? '';
  const value = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
  return text === '' || Number.isNaN(value) ? undefined : value;
}
function labelsOf(line: string, kept: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (kept.size === 0) return new Map();
  return new Map([...line.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.){0,200})"/g)].flatMap(([, key = '', value = '']) => (kept.has(key) ? [[key, value] as const] : [])));
}

/** The sum of all samples of a name; `undefined` when there is none. */
export function sumOf(families: Families, name: string): number | undefined {
  const samples = families.get(name);
  if (!samples) return undefined;
  let sum = 0;
  for (const { value } of samples) sum += value;
  return Number.isFinite(sum) && sum >= 0 && sum <= Number.MAX_SAFE_INTEGER ? sum : undefined;
}
/**
 * A quantile of a histogram's buckets since the server started: the upper bound of the bucket that it falls into, in the
 * metric's unit. `undefined` without enough observations.
 */
export function quantileOf(families: Families, name: string, quantile: number, leastCount = 100): number | undefined {
  const buckets = (families.get(`${name}_bucket`) ?? [])
    .map(({ labels, value }) => ({ bound: labels.get('le') === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.get('le')), count: value }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  const total = buckets.at(-1)?.count ?? 0;
  if (total < leastCount) return undefined;
  const found = buckets.find(({ count }) => count >= total * quantile);
  const finite = buckets.filter(({ bound }) => Number.isFinite(bound));
  return found && Number.isFinite(found.bound) ? found.bound : finite.at(-1)?.bound;
}
