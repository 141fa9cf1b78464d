/** Comparing a measured number with a warning and a critical limit: the step that most checks end in. */
import type { Severity } from '../wire/vocabulary.ts';
import type { Violation } from './check.ts';

/** Fails at or above the limits. Limits are in the unit of `observed`. */
export function above(observed: number, limits: { readonly warning?: number; readonly critical?: number; readonly info?: number }): readonly Violation[] {
  return compare(observed, limits, (value, limit) => value >= limit);
}
/** Fails at or below the limits. */
export function below(observed: number, limits: { readonly warning?: number; readonly critical?: number; readonly info?: number }): readonly Violation[] {
  return compare(observed, limits, (value, limit) => value <= limit);
}

function compare(observed: number, limits: Readonly<Partial<Record<Severity, number>>>, crossed: (value: number, limit: number) => boolean): readonly Violation[] {
  for (const severity of ['critical', 'warning', 'info'] as const) {
    const limit = limits[severity];
    if (limit !== undefined && crossed(observed, limit)) return [{ observed, threshold: limit, severity }];
  }
  return [];
}
