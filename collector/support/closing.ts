/** When silence ends an incident: the closing rules of the contract, and how long closed incidents stay visible. */
import { Temporal } from 'temporal-polyfill';
import type { Closure, EventBody, Level } from '../incidents/event.ts';
import type { SupportTerms } from './terms.ts';
import type { Timeline } from './timeline.ts';

export interface ClosingDate {
  readonly dueAt: number;
  readonly body: Extract<EventBody, { kind: 'closed' }>;
  readonly rule: string;
  /** What the wait began with; part of the identity. */
  readonly sinceAt: number;
}

/** The closure that comes first if nobody answers; days are the site's calendar days, at the same time of day. */
export function closingDateOf(terms: SupportTerms, timeline: Timeline, level: Level): ClosingDate | undefined {
  if (timeline.isEnded) return undefined;
  const { solution, cleared, information } = terms.policy.closing;
  const found: ClosingDate[] = [];
  const take = (sinceAt: number | undefined, days: number, closure: Closure, rule: string): void => {
    if (sinceAt !== undefined) found.push({ dueAt: plusDays(sinceAt, days, terms.zone), body: { kind: 'closed', closure }, rule, sinceAt });
  };
  take(timeline.solutionAt, solution.days, solution.closure, 'closing.solution');
  take(timeline.clearedAt, cleared.days, cleared.closure, 'closing.cleared');
  for (const { levels, days, closure } of information) {
    if (levels.includes(level)) take(timeline.informationRequestedAt, days, closure, `closing.level-${level}-information`);
  }
  return found.sort((a, b) => a.dueAt - b.dueAt)[0];
}

/** Until when a closed incident is shown. */
export function visibleUntil(terms: SupportTerms, closedAt: number): number {
  return Temporal.Instant.fromEpochMilliseconds(closedAt).toZonedDateTimeISO(terms.zone).add({ years: terms.policy.closing.visibleYears }).epochMilliseconds;
}

function plusDays(at: number, days: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).add({ days }).epochMilliseconds;
}
