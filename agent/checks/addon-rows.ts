/** Walks the add-ons that were found: what checks about one component have in common. */

import type { Sections } from '../wire/section-values.ts';
import type { Component } from '../wire/sections/cluster/objects-addons.ts';
import type { Severity } from '../wire/vocabulary.ts';
import { isYoung } from './age.ts';
import type { Outcome, Violation } from './check.ts';
import { notApplicable } from './check.ts';

type Addons = Sections['addons'];
export type ComponentRow = Addons['components'][number];
/** Shares of ready replicas below which it is that bad; a level that is left out is never reached. */
export interface ReadyLimits {
  readonly youngMinutes: number;
  readonly criticalBelowPercent?: number;
  readonly warningBelowPercent?: number;
  readonly infoBelowPercent?: number;
}

export function componentsOf({ components }: Addons, ...wanted: readonly Component[]): readonly ComponentRow[] {
  return components.filter(({ component }) => wanted.includes(component));
}
/** The share of ready replicas, in percent, for every workload of these components that is below a limit. Workloads scaled to zero are off on purpose. */
export function unreadyComponents(addons: Addons, wanted: readonly Component[], limits: ReadyLimits, now: number): Outcome {
  const found = componentsOf(addons, ...wanted);
  if (found.length === 0) return notApplicable('not-present');
  return found.filter((row) => row.desired > 0 && !isYoung(row, limits.youngMinutes, now)).flatMap((row) => tooFewReady(row, limits));
}
function tooFewReady({ kind, namespace, name, desired, ready }: ComponentRow, limits: ReadyLimits): readonly Violation[] {
  const observed = (ready / desired) * 100;
  const levels: readonly (readonly [Severity, number | undefined])[] = [
    ['critical', limits.criticalBelowPercent],
    ['warning', limits.warningBelowPercent],
    ['info', limits.infoBelowPercent],
  ];
  for (const [severity, limit] of levels) {
    if (limit !== undefined && observed < limit) return [{ scope: { kind, namespace, name }, observed: Math.floor(observed), threshold: limit, severity }];
  }
  return [];
}
