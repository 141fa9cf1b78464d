/** Requests for an inspection ahead of its time: who asked, which agent heard it, what each says about it. */
import { sql } from 'kysely';
import type { RequestReport, RequestState } from '../../agent/wire/request.ts';
import { REQUEST_STATES } from '../../agent/wire/request.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Actor } from '../incidents/event.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export interface InspectionRequest {
  readonly id: number;
  readonly clusterId: string;
  /** Milliseconds. */
  readonly requestedAt: number;
  readonly requestedBy: Actor;
  /** First moment at which no agent is asked any more. */
  readonly expiresAt: number;
}

export async function insertRequest(db: Db, { id, clusterId, requestedAt, requestedBy, expiresAt }: InspectionRequest): Promise<void> {
  await db
    .insertInto('inspection_requests')
    .values({ id, cluster_id: clusterId, requested_at: requestedAt, requested_by: JSON.stringify(requestedBy), expires_at: expiresAt })
    .execute();
}
export async function deleteRequestsBefore(db: Db, clusterId: string, before: number): Promise<void> {
  await db.deleteFrom('inspection_requests').where('cluster_id', '=', clusterId).where('requested_at', '<', before).execute();
}
export async function newestRequest(db: Db, visibility: Visibility, clusterId: string): Promise<InspectionRequest | undefined> {
  const row = await db
    .selectFrom('inspection_requests')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where(clusterVisible(visibility, 'inspection_requests.cluster_id'))
    .orderBy('requested_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toRequest(row);
}
/** Of all clusters; newest first, so that one cluster with many does not hide others. */
export async function openRequests(db: Db, now: number): Promise<readonly InspectionRequest[]> {
  const rows = await db.selectFrom('inspection_requests').selectAll().where('expires_at', '>', now).orderBy('requested_at', 'desc').limit(5_000).execute();
  return rows.map(toRequest);
}
/** Waits for whoever asks for the same cluster at this moment. */
export async function lockCluster(db: Db, clusterId: string): Promise<void> {
  await sql`update clusters set name = name where id = ${clusterId}`.execute(db);
}

/**
 * Whether this agent is to hear of a request: one in service that takes requests, of a cluster's replicas the one that leads, and that
 * has said nothing about it yet. Notes that it was handed over.
 */
export async function handRequest(db: Db, { id, clusterId }: Pick<InspectionRequest, 'id' | 'clusterId'>, agent: string, now: number): Promise<boolean> {
  const { rows } = await sql<{ readonly state: string | null; readonly handed: number | null }>`select r.state as state, r.handed_at as handed from agents a
    left join inspection_request_agents r on r.request_id = ${id} and r.agent = a.agent
    where a.cluster_id = ${clusterId} and a.agent = ${agent} and a.retired_at is null and a.takes = 'inspect' and ${LEADS}`.execute(db);
  const [row] = rows;
  if (!row || row.state !== null) return false;
  if (row.handed === null)
    await db
      .insertInto('inspection_request_agents')
      .values({ request_id: id, agent, handed_at: now, state: null, refusal: null, state_at: null })
      .onConflict((on) => on.doNothing())
      .execute();
  return true;
}
/** Replicas that wait for their Lease inspect nothing. */
const LEADS = sql`(a.role <> 'cluster' or a.epoch = (select max(o.epoch) from agents o where o.cluster_id = a.cluster_id and o.role = 'cluster' and o.retired_at is null))`;

/** What an agent says; what it said before and arrives late changes nothing. */
export async function noteReport(db: Db, clusterId: string, agent: string, { id, state, refusal }: RequestReport, at: number): Promise<void> {
  const earlier = REQUEST_STATES.slice(0, REQUEST_STATES.indexOf(state)).filter((one) => !ENDS.includes(one));
  await db
    .updateTable('inspection_request_agents')
    .set({ state, refusal: refusal ?? null, state_at: at })
    .where('request_id', '=', id)
    .where('agent', '=', agent)
    .where('request_id', 'in', (from) => from.selectFrom('inspection_requests').select('id').where('id', '=', id).where('cluster_id', '=', clusterId))
    .where((on) => on.or([on('state', 'is', null), ...(earlier.length > 0 ? [on('state', 'in', earlier)] : [])]))
    .execute();
}
const ENDS: readonly RequestState[] = ['inspected', 'refused'];

/** How far an agent is: `unaware` are agents of an older version, `received` those whose inspection arrived. */
export const REQUEST_STAGES = ['waiting', 'handed', 'accepted', 'inspecting', 'inspected', 'received', 'refused', 'not-allowed', 'unaware', 'silent'] as const;
export type RequestStage = (typeof REQUEST_STAGES)[number];
export interface StageCount {
  readonly stage: RequestStage;
  /** Only with `refused`. */
  readonly refusal: string | null;
  readonly agents: number;
  /** Newest word of these, milliseconds. */
  readonly at: number | null;
}
/** Agents in service of a cluster by how far they are with a request; without one, by whether they could be asked. */
export async function stagesOf(db: Db, clusterId: string, requestId: number): Promise<readonly StageCount[]> {
  const { rows } = await sql<StageCount>`select stage, refusal, count(*) as agents, max(at) as at from (
    select case
        when r.state = 'refused' then 'refused'
        when r.state = 'inspected' and exists (select 1 from snapshots s where s.cluster_id = a.cluster_id and s.agent = a.agent and s.received_at >= r.handed_at) then 'received'
        when r.state is not null then r.state
        when a.silent_since is not null then 'silent'
        when a.takes is null then 'unaware'
        when a.takes = 'none' then 'not-allowed'
        when r.handed_at is not null then 'handed'
        else 'waiting' end as stage,
      r.refusal as refusal, coalesce(r.state_at, r.handed_at) as at
    from agents a left join inspection_request_agents r on r.request_id = ${requestId} and r.agent = a.agent
    where a.cluster_id = ${clusterId} and a.retired_at is null and ${LEADS}) as each group by stage, refusal`.execute(db);
  return rows.map(({ stage, refusal, agents, at }) => ({ stage, refusal, agents: Number(agents), at: at === null ? null : Number(at) }));
}

function toRequest(row: Row<'inspection_requests'>): InspectionRequest {
  return { id: row.id, clusterId: row.cluster_id, requestedAt: row.requested_at, requestedBy: JSON.parse(row.requested_by) as Actor, expiresAt: row.expires_at };
}
