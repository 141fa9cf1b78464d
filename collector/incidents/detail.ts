/** One incident as people read it: history, clocks with their arithmetic, members, and what stands behind it. */
import { sees, type Visibility } from '../access/visibility.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { type IncidentSummary, incidentSummary, relatedIncidents } from '../store/incident-list.ts';
import { loadIncident } from '../store/incident-store.ts';
import { listMembers, type Member } from '../store/member-store.ts';
import { inhibitedBehind, type KnownSignal } from '../store/signal-store.ts';
import type { ClockState, Duty } from '../support/clock.ts';
import { clocksForCustomer, dutiesForCustomer, eventsForCustomer } from './customer-view.ts';
import { allowedFor, type CommandKind } from './decide.ts';
import { machineDuties } from './duties.ts';
import type { IncidentEvent } from './event.ts';
import type { Incident } from './incident.ts';
import { rulesOf } from './ledger.ts';
import type { Desk, IncidentFile } from './rules.ts';

export interface IncidentDetail {
  readonly summary: IncidentSummary;
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
  readonly clocks: readonly ClockState[];
  readonly allowed: readonly CommandKind[];
  /** First 200; more by {@link listMembers}. */
  readonly members: readonly Member[];
  readonly children: readonly IncidentSummary[];
  /** Troubles behind it that have no incident of their own, because it explains them; 200 at most. */
  readonly hidden: readonly Pick<KnownSignal, 'rule' | 'scope' | 'severity' | 'since'>[];
  readonly followers: readonly IncidentSummary[];
}

/** @param options.internal whether the support centre reads it; a customer sees what `customer-view.ts` leaves. @throws AppError `not-found` */
export async function incidentDetail(
  desk: Desk,
  db: Db,
  visibility: Visibility,
  id: string | number,
  { now, internal }: { readonly now: number; readonly internal: boolean },
): Promise<IncidentDetail> {
  const summary = await incidentSummary(db, visibility, id, now);
  const file = summary && (await loadIncident(db, summary.id));
  if (!summary || !file) throw notFound('incident');
  const rules = await rulesOf(desk, db, file);
  const { filing, incident, events } = file;
  const behind = filing.clusterId === null ? [] : await inhibitedBehind(db, filing.clusterId, [filing.dedupKey]);
  const { children, followers } = await relatedIncidents(db, visibility, summary.id, now);
  return {
    ...{ summary, incident, children, followers },
    events: internal ? events : eventsForCustomer(events),
    clocks: internal ? rules.clocksOf(events, now) : clocksForCustomer(rules.clocksOf(events, now)),
    allowed: allowedFor(incident),
    members: incident.source === 'group' ? await listMembers(db, summary.id) : [],
    hidden: behind.slice(0, 200).map(({ rule, scope, severity, since }) => ({ rule, scope, severity, since })),
  };
}

/** Why each due time is what it is, and what will happen when nobody does anything. */
export interface Explanation {
  readonly policy: string;
  readonly at: number;
  readonly clocks: readonly ClockState[];
  /** Soonest first. */
  readonly duties: readonly Duty[];
}

/** @param internal whether the support centre reads it; a customer sees what `customer-view.ts` leaves. @throws AppError `not-found` */
export async function explainIncident(desk: Desk, db: Db, visibility: Visibility, id: string, now: number, internal = false): Promise<Explanation> {
  const file: IncidentFile | undefined = await loadIncident(db, id);
  if (!file || !sees(visibility, file.filing.customerId)) throw notFound('incident');
  const rules = await rulesOf(desk, db, file);
  const duties = [...rules.dutiesOf(file.events, now), ...machineDuties(file.incident, rules, desk.settings)];
  const clocks = rules.clocksOf(file.events, now);
  const ahead = duties.toSorted((one, other) => one.dueAt - other.dueAt);
  return { policy: rules.ref, at: now, clocks: internal ? clocks : clocksForCustomer(clocks), duties: internal ? ahead : dutiesForCustomer(ahead) };
}
