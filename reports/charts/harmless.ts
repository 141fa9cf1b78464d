/**
 * Keeps names of JavaScript's own out of the drawing engine. It remembers texts in plain objects, where a node called
 * `__proto__` would be the prototype of every object of the process (seen: `Object.prototype.prev` after one chart), and
 * `constructor` a function.
 */

const OWN_NAMES = new RegExp(`(?<![A-Za-z_])(${Object.getOwnPropertyNames(Object.prototype).join('|')})(?![A-Za-z_])`, 'g');
/** Has no width and no break; no such text is a property of an object. */
const JOINER = '\u2060';

/** The value with every text harmless; looks the same in print. */
export function harmless<T>(value: T): T {
  return walk(value) as T; // keeps the shape: only texts change
}
function walk(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(OWN_NAMES, (name) => name.charAt(0) + JOINER + name.slice(1));
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, key === 'kind' || key === 'tone' ? entry : walk(entry)]));
}
