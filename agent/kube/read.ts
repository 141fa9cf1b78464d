/**
 * Reading foreign JSON. Objects of the API server are not trusted to have the documented shape: a path that leads nowhere,
 * or to another type, gives `undefined`, never an exception.
 */
export type Json = Readonly<Record<string, unknown>>;

/** The value at a path of keys (or list positions), or `undefined`. */
export function at(from: unknown, ...path: readonly (string | number)[]): unknown {
  let value: unknown = from;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value;
}
export function textAt(from: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = at(from, ...path);
  return typeof value === 'string' ? value : undefined;
}
export function numberAt(from: unknown, ...path: readonly (string | number)[]): number | undefined {
  const value = at(from, ...path);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
export function boolAt(from: unknown, ...path: readonly (string | number)[]): boolean | undefined {
  const value = at(from, ...path);
  return typeof value === 'boolean' ? value : undefined;
}
/** The list at a path; empty when there is none. */
export function listAt(from: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(from, ...path);
  return Array.isArray(value) ? value : [];
}
/** The object at a path; empty when there is none. */
export function objectAt(from: unknown, ...path: readonly (string | number)[]): Json {
  const value = at(from, ...path);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
/** Unix seconds of an RFC 3339 time at a path, or `undefined`. */
export function timeAt(from: unknown, ...path: readonly (string | number)[]): number | undefined {
  const text = textAt(from, ...path);
  if (text === undefined || text.length > 40) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) || milliseconds < 0 ? undefined : Math.floor(milliseconds / 1_000);
}
/** `metadata.name`; every object has one. */
export function nameOf(object: unknown): string {
  return textAt(object, 'metadata', 'name') ?? '';
}
/** `metadata.namespace`; empty for cluster-scoped objects. */
export function namespaceOf(object: unknown): string {
  return textAt(object, 'metadata', 'namespace') ?? '';
}

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
/** A Kubernetes quantity ("250m", "1.5Gi", "2e3") as a number in base units, or `undefined`. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const match = /^(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,2}))?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(value.trim());
  if (!match) return undefined;
  const number = Number(match[1]) * 10 ** Number(match[2] ?? 0) * (FACTORS[match[3] ?? ''] ?? 1);
  return Number.isFinite(number) && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}
/** CPU quantity in millicores. */
export function millicores(value: unknown): number | undefined {
  const cores = quantity(value);
  return cores === undefined ? undefined : Math.round(cores * 1_000);
}
