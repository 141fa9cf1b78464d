/** What people ask of a policy before they sign it: when something would be due, and how past incidents would have gone. */
import { AppError } from '../errors.ts';
import type { IncidentEvent, Level } from '../incidents/event.ts';
import type { Db } from '../store/database.ts';
import { loadIncident } from '../store/incident-store.ts';
import type { ClockName, ClockState, Segment } from './clock.ts';
import { clocksOf } from './clocks.ts';
import { levelFor } from './level.ts';
import { type Pause, reach } from './progress.ts';
import type { SupportTerms } from './terms.ts';

export interface ClockQuestion {
  readonly level: number;
  readonly clock: ClockName;
  readonly at: number;
  readonly pauses: readonly Pause[];
}
export interface ClockAnswer {
  /** Null when the contract sets no time. */
  readonly due: number | null;
  readonly provisional: boolean;
  readonly segments: readonly Segment[];
}
const MIN_AT = Date.UTC(2000, 0, 1);
const MAX_AT = Date.UTC(2100, 0, 1);

/** @throws AppError `invalid` for a level that the tier does not have, a time out of range, or a pause that ends before it begins */
export function explainClock(terms: SupportTerms, { level, clock, at, pauses }: ClockQuestion): ClockAnswer {
  const found = terms.levels.get(level as Level);
  if (!found) throw new AppError('invalid', `${terms.ref} has no level ${level}`, { details: { field: 'level' } });
  if (at < MIN_AT || at >= MAX_AT) throw new AppError('invalid', 'the years 2000 to 2099 can be asked about', { details: { field: 'at' } });
  if (pauses.some(({ from, to }) => to !== undefined && from >= to)) throw new AppError('invalid', 'a pause ends before it begins', { details: { field: 'pauses' } });
  const rule = found.clocks[clock];
  if (!rule?.aim) return { due: null, provisional: false, segments: [] };
  const { at: marks, provisional, segments } = reach({ calendar: rule.calendar, unit: rule.aim.unit, from: at, pauses }, [rule.aim.amount]);
  return { due: marks[0] ?? null, provisional, segments };
}

export interface Simulation {
  readonly totals: Record<string, number>;
  readonly results: readonly {
    readonly id: string;
    readonly number: number;
    readonly clocks: readonly ClockState[];
    /** What really happened, under the terms that it had. */
    readonly really: readonly ClockState[];
  }[];
  readonly reallyTotals: Record<string, number>;
}
/**
 * Incidents of another policy get the level that this one would have given them.
 * @param incidents seen by the caller already
 * @param ownTerms those that an incident has
 */
export async function simulate<T extends { readonly id: string; readonly number: number }>(
  terms: SupportTerms,
  db: Db,
  incidents: readonly T[],
  now: number,
  ownTerms: (incident: T) => Promise<SupportTerms>,
): Promise<Simulation> {
  const reallyTotals: Record<string, number> = {};
  const totals: Record<string, number> = {};
  const results: Simulation['results'][number][] = [];
  for (const incident of incidents) {
    const { id, number } = incident;
    const file = await loadIncident(db, id);
    if (!file) continue;
    const clocks = clocksOf(
      terms,
      file.events.map((event) => underTerms(terms, event)),
      now,
    );
    for (const { state } of clocks) totals[state] = (totals[state] ?? 0) + 1;
    const really = clocksOf(await ownTerms(incident), file.events, now);
    for (const { state } of really) reallyTotals[state] = (reallyTotals[state] ?? 0) + 1;
    results.push({ id, number, clocks, really });
  }
  return { totals, results, reallyTotals };
}

function underTerms(terms: SupportTerms, event: IncidentEvent): IncidentEvent {
  const { body } = event;
  if (body.kind !== 'opened' || event.policy.split(/[/@]/)[0] === terms.policy.id) return event;
  return { ...event, body: { ...body, level: levelFor(terms, body) } };
}
