/** Looking into foreign JSON: what is not there, or of another shape, is `undefined`. */

/** The value at a path of own properties. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = (inner as Record<string, unknown>)[key];
  }
  return inner;
}
/** A number ≥ 0, also one that is written as a text. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  const number = typeof found === 'number' ? found : typeof found === 'string' && found.trim() !== '' ? Number(found) : Number.NaN;
  return Number.isFinite(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}
/** A whole number ≥ 0. */
export function countAt(value: unknown, ...path: readonly string[]): number | undefined {
  const number = numberAt(value, ...path);
  return number === undefined ? undefined : Math.floor(number);
}
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found.slice(0, 1_024) : undefined;
}
/** A truth value, also one that is written as a text. */
export function flagAt(value: unknown, ...path: readonly string[]): boolean | undefined {
  const found = at(value, ...path);
  if (typeof found === 'boolean') return found;
  return found === 'true' ? true : found === 'false' ? false : undefined;
}
/** At most `most` elements. */
export function listAt(value: unknown, most: number, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.slice(0, most) : [];
}
/** Percent of a whole; `undefined` where either is missing or the whole is none. */
export function percentOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : (part / whole) * 100;
}
