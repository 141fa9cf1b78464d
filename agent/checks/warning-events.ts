/** Sums warning events by reason: what checks about events have in common. */

import type { Sections } from '../wire/section-values.ts';
import type { EventReason } from '../wire/sections/cluster/objects-addons.ts';
import type { Violation } from './check.ts';
import { above } from './levels.ts';

/** Occurrences of these reasons in the last hour, held against limits per hour. */
export function frequentEvents(
  events: Sections['events'],
  reasons: readonly EventReason[],
  limits: { readonly warningPerHour: number; readonly criticalPerHour?: number },
): readonly Violation[] {
  let count = 0;
  for (const { reason, lastHour } of events.reasons) if (reasons.includes(reason)) count += lastHour;
  return above(count, { warning: limits.warningPerHour, ...(limits.criticalPerHour !== undefined && { critical: limits.criticalPerHour }) });
}
