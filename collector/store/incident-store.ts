/** Incidents: their events, which are never changed, and one row each that lists and indexes are made of. */
import { sql } from 'kysely';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Actor, EventBody, IncidentEvent } from '../incidents/event.ts';
import { fold, type Incident, isActive, type SignalState, type State } from '../incidents/incident.ts';
import type { Filing, IncidentFile } from '../incidents/rules.ts';
import type { Db, Engine } from './database.ts';
import type { NewRow, Row } from './tables.ts';

/** Rows of one statement: both engines limit the number of parameters. */
const CHUNK = 400;
export function* chunksOf<T>(list: readonly T[], size = CHUNK): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

/**
 * One writer at a time of everything that belongs to a subject (a cluster, or a customer for what has no cluster), until the
 * transaction ends: storms are counted and identities opened without a race. SQLite has one writer anyway.
 */
export async function lockSubject(db: Db, engine: Engine, subject: string): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 7259316104))`.execute(db);
}

export async function nextNumber(db: Db, engine: Engine): Promise<number> {
  const text = engine === 'postgres' ? sql<{ n: number }>`select nextval('incident_numbers') as n` : sql<{ n: number }>`select coalesce(max(number), 0) + 1 as n from incidents`;
  return (await text.execute(db)).rows[0]?.n ?? 1;
}

/** What lists and duties need beyond the fold. */
export interface Due {
  readonly nextDueAt: number | null;
  readonly breached: boolean;
  /** Members of a group; most have a row and no event. */
  readonly members: number;
}

/** @returns false when another incident of the same identity is active: nothing was written */
export async function insertIncident(db: Db, { filing, incident, events }: IncidentFile, due: Due): Promise<boolean> {
  const result = await db
    .insertInto('incidents')
    .values({ ...filingRow(filing), ...projection(filing, incident, due) })
    .onConflict((conflict) => conflict.column('dedup_key').where('active', '=', sql.lit(1)).doNothing())
    .executeTakeFirst();
  if (Number(result.numInsertedOrUpdatedRows ?? 0) === 0) return false;
  await insertEvents(db, events);
  return true;
}

/** @returns false when somebody else appended since it was read */
export async function saveIncident(db: Db, { filing, incident }: IncidentFile, added: readonly IncidentEvent[], due: Due): Promise<boolean> {
  const result = await db
    .updateTable('incidents')
    .set(projection(filing, incident, due))
    .where('id', '=', filing.id)
    .where('version', '=', incident.version - added.length)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) return false;
  await insertEvents(db, added);
  return true;
}

async function insertEvents(db: Db, events: readonly IncidentEvent[]): Promise<void> {
  const rows = events.map(({ incidentId, version, at, eventTime, actor, policy, commandId, body }) => ({
    ...{ incident_id: incidentId, version, at, policy, kind: body.kind },
    event_time: eventTime ?? null,
    actor: JSON.stringify(actor),
    command_id: commandId ?? null,
    body: JSON.stringify(body),
  }));
  for (const chunk of chunksOf(rows)) await db.insertInto('incident_events').values(chunk).execute();
}

/** The incident with all its events, or `undefined`. */
export async function loadIncident(db: Db, id: string): Promise<IncidentFile | undefined> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const events = (await db.selectFrom('incident_events').selectAll().where('incident_id', '=', id).orderBy('version').execute()).map(toEvent);
  return { filing: toFiling(row), incident: fold(events), events };
}

/** Several, in the order of their ids given; those that are not there are left out. */
export async function loadIncidents(db: Db, ids: readonly string[]): Promise<readonly IncidentFile[]> {
  const found = new Map<string, IncidentFile>();
  for (const chunk of chunksOf(ids)) {
    const rows = await db.selectFrom('incidents').selectAll().where('id', 'in', chunk).execute();
    const events = await db.selectFrom('incident_events').selectAll().where('incident_id', 'in', chunk).orderBy('incident_id').orderBy('version').execute();
    const own = Map.groupBy(events.map(toEvent), ({ incidentId }) => incidentId);
    for (const row of rows) {
      const told = own.get(row.id) ?? [];
      found.set(row.id, { filing: toFiling(row), incident: fold(told), events: told });
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** What decides whether an incident has to be read at all. */
export interface Head {
  readonly filing: Filing;
  readonly state: State;
  readonly signalState: SignalState;
  readonly severity: Severity;
  readonly source: string;
  readonly flapping: boolean;
  readonly observedAt: number | null;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly assigned: boolean;
  readonly policy: string;
}

/** Active incidents by identity. */
export async function activeHeads(db: Db, keys: readonly string[]): Promise<Map<string, Head>> {
  const found = new Map<string, Head>();
  for (const chunk of chunksOf(keys)) {
    const rows = await db.selectFrom('incidents').selectAll().where('dedup_key', 'in', chunk).where('active', '=', 1).execute();
    for (const row of rows) found.set(row.dedup_key, toHead(row));
  }
  return found;
}

/** The newest incident of each identity that has ended. */
export async function endedHeads(db: Db, keys: readonly string[]): Promise<Map<string, Head>> {
  const found = new Map<string, Head>();
  for (const chunk of chunksOf(keys)) {
    const rows = await db.selectFrom('incidents').selectAll().where('dedup_key', 'in', chunk).where('active', '=', 0).orderBy('opened_at').orderBy('number').execute();
    for (const row of rows) found.set(row.dedup_key, toHead(row));
  }
  return found;
}

/** Active incidents of a family that opened since then, groups first and newest first. */
export async function headsOfGroup(db: Db, groupKey: string, since: number): Promise<readonly Head[]> {
  const rows = await db
    .selectFrom('incidents')
    .selectAll()
    .where('group_key', '=', groupKey)
    .where('active', '=', 1)
    .where((eb) => eb.or([eb('opened_at', '>=', since), eb('source', '=', 'group')]))
    .orderBy('opened_at', 'desc')
    .limit(500)
    .execute();
  return rows.map(toHead);
}

/** Ids of incidents that stand behind this one. */
export async function childrenOf(db: Db, id: string, only?: 'suppressed' | 'unfinished'): Promise<readonly string[]> {
  let query = db.selectFrom('incidents').select('id').where('parent_id', '=', id).orderBy('number').limit(10_000);
  if (only === 'suppressed') query = query.where('state', '=', 'suppressed');
  if (only === 'unfinished') query = query.where('state', 'not in', ['resolved', 'closed', 'cancelled']);
  return (await query.execute()).map((row) => row.id);
}

/** Ids of incidents with something left to do, of one customer or of all, for recomputing them after a change of rules. */
export async function activeIds(db: Db, after = '', customerId?: string): Promise<readonly string[]> {
  const all = db.selectFrom('incidents').select('id').where('active', '=', 1).where('id', '>', after).orderBy('id').limit(500);
  return (await (customerId === undefined ? all : all.where('customer_id', '=', customerId)).execute()).map((row) => row.id);
}

function filingRow({
  id,
  number,
  customerId,
  clusterId,
  contractId,
  dedupKey,
  groupKey,
}: Filing): Pick<NewRow<'incidents'>, 'id' | 'number' | 'customer_id' | 'cluster_id' | 'contract_id' | 'dedup_key' | 'group_key'> {
  return { id, number, customer_id: customerId, cluster_id: clusterId, contract_id: contractId, dedup_key: dedupKey, group_key: groupKey };
}

function projection(filing: Filing, incident: Incident, { nextDueAt, breached, members }: Due): Omit<NewRow<'incidents'>, keyof ReturnType<typeof filingRow>> {
  const { kind, state, signalState, level, severity, rule, scope, title, source, policy, assignee, suppressed, follows, reopened, flapping, version } = incident;
  return {
    ...{ kind, state, level, severity, rule, source, policy, reopened, version },
    signal_state: signalState,
    scope: scope ? JSON.stringify(scope) : null,
    title: title ?? null,
    assignee: assignee?.id ?? null,
    ...(suppressed?.parent !== undefined ? { parent_id: suppressed.parent } : {}),
    ...{ follows_id: follows ?? null, members, flapping: flapping ? 1 : 0 },
    opened_at: incident.openedAt,
    acknowledged_at: incident.acknowledgedAt ?? null,
    resolved_at: incident.resolvedAt ?? null,
    closed_at: incident.closedAt ?? null,
    closure: incident.closure ?? incident.cancellation?.reason ?? null,
    updated_at: incident.updatedAt,
    ...{ next_due_at: nextDueAt, breached: breached ? 1 : 0 },
    active: isActive(incident) ? 1 : 0,
    observed_at: incident.observedAt ?? null,
    search: [filing.number, rule, title, scope?.name, scope?.namespace, scope?.node]
      .filter((part) => part !== undefined)
      .join(' ')
      .toLowerCase(),
  };
}

function toFiling(row: Row<'incidents'>): Filing {
  const { id, number, customer_id, cluster_id, contract_id, dedup_key, group_key } = row;
  return { id, number, customerId: customer_id, clusterId: cluster_id, contractId: contract_id, dedupKey: dedup_key, groupKey: group_key };
}
function toHead(row: Row<'incidents'>): Head {
  return {
    filing: toFiling(row),
    state: row.state as State,
    signalState: row.signal_state as SignalState,
    severity: row.severity as Severity,
    source: row.source,
    flapping: row.flapping === 1,
    observedAt: row.observed_at,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
    closedAt: row.closed_at,
    assigned: row.assignee !== null,
    policy: row.policy,
  };
}
function toEvent(row: Row<'incident_events'>): IncidentEvent {
  return {
    ...{ incidentId: row.incident_id, version: row.version, at: row.at, policy: row.policy },
    ...(row.event_time !== null && { eventTime: row.event_time }),
    actor: JSON.parse(row.actor) as Actor,
    ...(row.command_id !== null && { commandId: row.command_id }),
    body: JSON.parse(row.body) as EventBody,
  };
}
