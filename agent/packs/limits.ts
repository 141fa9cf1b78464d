/**
 * How far a pack may move a threshold. The check must exist and know the threshold as a number; the value stays within a tenth and ten
 * times what the program says and within what its unit allows, and what is worse stays worse. Switching checks off, their severity, truth
 * values and lists are the site's own business.
 */
import type { Check } from '../checks/check.ts';

export interface PackFault {
  /** Dotted place in the pack. */
  readonly path: string;
  readonly problem: 'unknown-check' | 'unknown-threshold' | 'not-a-number' | 'out-of-range' | 'order' | 'invalid';
  /** What would be taken. */
  readonly expected?: string;
}

const FACTOR = 10;
/** Most that a unit allows, by the last word of the key. */
const MOST: readonly (readonly [RegExp, number])[] = [
  [/Percent$/, 100],
  [/Ratio$/, 1],
];

export function thresholdFaults(thresholds: Readonly<Record<string, Readonly<Record<string, number>>>>, checks: readonly Pick<Check, 'id' | 'threshold'>[]): readonly PackFault[] {
  return Object.entries(thresholds).flatMap(([id, values]): readonly PackFault[] => {
    const check = checks.find((one) => one.id === id);
    if (!check) return [{ path: `thresholds.${id}`, problem: 'unknown-check' }];
    return [...Object.entries(values).flatMap(([key, value]) => valueFaults(check, key, value)), ...orderFaults(check, values)];
  });
}

function valueFaults({ id, threshold }: Pick<Check, 'id' | 'threshold'>, key: string, value: number): readonly PackFault[] {
  const path = `thresholds.${id}.${key}`;
  const own = Object.hasOwn(threshold, key) ? threshold[key] : undefined;
  if (own === undefined) return [{ path, problem: 'unknown-threshold', expected: Object.keys(threshold).join(', ') }];
  if (typeof own !== 'number') return [{ path, problem: 'not-a-number' }];
  const { least, most } = rangeOf(key, own);
  return Number.isFinite(value) && value >= least && value <= most ? [] : [{ path, problem: 'out-of-range', expected: `${least}…${most}` }];
}

/** What a pack may say for a threshold that is `own` in the program. */
export function rangeOf(key: string, own: number): { readonly least: number; readonly most: number } {
  const ceiling = MOST.find(([unit]) => unit.test(key))?.[1] ?? Number.MAX_SAFE_INTEGER;
  if (own === 0) return { least: 0, most: Math.min(ceiling, FACTOR) };
  if (own < 0) return { least: own * FACTOR, most: own / FACTOR };
  return { least: own / FACTOR, most: Math.min(own * FACTOR, Math.max(ceiling, own)) };
}

/** `warning…` and `critical…` of one unit keep the order that the check gives them. */
function orderFaults({ id, threshold }: Pick<Check, 'id' | 'threshold'>, values: Readonly<Record<string, number>>): readonly PackFault[] {
  return Object.entries(threshold).flatMap(([key, own]): readonly PackFault[] => {
    const worse = key.startsWith('warning') ? `critical${key.slice('warning'.length)}` : key.startsWith('info') ? `warning${key.slice('info'.length)}` : undefined;
    const other = worse === undefined ? undefined : threshold[worse];
    if (worse === undefined || typeof own !== 'number' || typeof other !== 'number' || own === other) return [];
    const [mild, bad] = [values[key] ?? own, values[worse] ?? other];
    return Math.sign(bad - mild) === Math.sign(other - own) ? [] : [{ path: `thresholds.${id}.${worse}`, problem: 'order', expected: `${other > own ? '>' : '<'} ${mild}` }];
  });
}
