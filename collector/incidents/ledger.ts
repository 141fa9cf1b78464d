/** The one place where events are written: events, row, timers and messages change together or not at all. */
import { AppError } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { type Due, insertIncident, nextNumber, saveIncident } from '../store/incident-store.ts';
import { countMembers, leaveGroup } from '../store/member-store.ts';
import { syncTimers } from '../store/timer-store.ts';
import type { Audience, Duty } from '../support/clock.ts';
import { machineDuties } from './duties.ts';
import type { Actor, EventBody, IncidentEvent } from './event.ts';
import { apply, fold, type Incident, isActive } from './incident.ts';
import type { Desk, Filing, IncidentFile, SupportRules } from './rules.ts';

export const SYSTEM: Actor = { kind: 'system' };

export interface Circumstances {
  readonly now: number;
  readonly actor: Actor;
  /** When it happened at the site, or when it was due. */
  readonly eventTime?: number | undefined;
  /** The same command appends once, whoever repeats it. */
  readonly commandId?: string | undefined;
  readonly duty?: Duty | undefined;
  readonly tell?: readonly Audience[] | undefined;
}

/** @throws AppError `conflict` when somebody else appended since the file was read */
export async function append(desk: Desk, db: Db, file: IncidentFile, bodies: readonly EventBody[], given: Circumstances): Promise<IncidentFile> {
  if (bodies.length === 0) return file;
  const { filing, incident } = file;
  // Collectors' clocks differ: seen from an earlier moment, what has just happened would not count, and its duties would be owed again.
  const circumstances = { ...given, now: Math.max(given.now, incident.updatedAt) };
  const added = eventsOf(filing.id, incident.version, incident.policy, bodies, circumstances);
  const after = { filing, incident: added.reduce(apply, incident), events: [...file.events, ...added] };
  const rules = await rulesOf(desk, db, file);
  if (!(await saveIncident(db, after, added, await dueOf(db, after, rules, circumstances.now)))) {
    throw new AppError('conflict', 'the incident was changed meanwhile: read it again', { details: { version: incident.version } });
  }
  await follow(desk, db, after, added, rules, circumstances);
  return after;
}

/** @returns `undefined` when an incident of the same identity is active already */
export async function open(
  desk: Desk,
  db: Db,
  subject: Omit<Filing, 'id' | 'number' | 'contractId'> & { readonly id?: string },
  bodies: readonly [Extract<EventBody, { kind: 'opened' }>, ...EventBody[]],
  { rules, contractId }: { readonly rules: SupportRules; readonly contractId: string | null },
  circumstances: Circumstances,
): Promise<IncidentFile | undefined> {
  const filing: Filing = { ...subject, id: subject.id ?? desk.newId(), contractId, number: await nextNumber(db, desk.engine) };
  const events = eventsOf(filing.id, 0, rules.ref, bodies, circumstances);
  const file = { filing, incident: fold(events), events };
  if (!(await insertIncident(db, file, await dueOf(db, file, rules, circumstances.now)))) return undefined;
  await follow(desk, db, file, events, rules, circumstances);
  return file;
}

/** Recomputes timers and due times: after a change of calendar or contract. */
export async function recompute(desk: Desk, db: Db, file: IncidentFile, asked: number): Promise<void> {
  const now = Math.max(asked, file.incident.updatedAt);
  const rules = await rulesOf(desk, db, file);
  await saveIncident(db, file, [], await dueOf(db, file, rules, now));
  await syncTimers(db, file.filing.id, dutiesOf(desk, file, rules, now));
}

/** Rules pinned to an incident. */
export async function rulesOf(desk: Desk, db: Db, { filing, incident }: Pick<IncidentFile, 'filing' | 'incident'>): Promise<SupportRules> {
  const { customerId, clusterId, contractId } = filing;
  return (await desk.rulesFor(db, { customerId, clusterId, contractId, policy: incident.policy })).rules;
}

function eventsOf(
  incidentId: string,
  version: number,
  policy: string,
  bodies: readonly EventBody[],
  { now, actor, eventTime, commandId }: Circumstances,
): readonly IncidentEvent[] {
  return bodies.map((body, index) => ({
    ...{ incidentId, version: version + 1 + index, at: now, actor, policy, body },
    ...(eventTime !== undefined && eventTime !== now && { eventTime }),
    ...(commandId !== undefined && index === 0 && { commandId }),
  }));
}

async function dueOf(db: Db, { filing, incident, events }: IncidentFile, rules: SupportRules, now: number): Promise<Due> {
  const clocks = rules.clocksOf(events, now);
  // One that is over its time goes on until somebody does what it waits for: how long it is over must be seen.
  const running = clocks.filter(
    ({ state, dueAt, stoppedAt }) => (state === 'running' || (state === 'breached' && stoppedAt === undefined)) && dueAt !== undefined && isActive(incident),
  );
  const members = incident.source === 'group' ? (await countMembers(db, filing.id)).total : incident.members;
  return {
    nextDueAt: running.length === 0 ? null : Math.min(...running.map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY)),
    // Its timer fires at the due time itself, when nothing is late by a millisecond yet; nothing looks again after it.
    breached: clocks.some(({ breachedAt }) => breachedAt !== undefined) || running.some(({ dueAt }) => dueAt !== undefined && dueAt <= now),
    members,
  };
}

function dutiesOf(desk: Desk, { incident, events }: IncidentFile, rules: SupportRules, now: number): readonly Duty[] {
  return [...rules.dutiesOf(events, now), ...machineDuties(incident, rules, desk.settings)];
}

async function follow(desk: Desk, db: Db, file: IncidentFile, added: readonly IncidentEvent[], rules: SupportRules, { now, duty, tell }: Circumstances): Promise<void> {
  await syncTimers(db, file.filing.id, dutiesOf(desk, file, rules, now));
  if (file.incident.source === 'group' && !isActive(file.incident)) await leaveGroup(db, file.filing.id, now);
  await desk.onChange(db, { file, events: added, duty, tell });
}

/** Ended, so that what stood behind it has to be looked at again. */
export function hasEnded({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'resolved' || state === 'closed' || state === 'cancelled';
}
