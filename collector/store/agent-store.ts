/** Agents as the collector knows them: when they spoke last, what their outbox holds, whether they are silent. */
import { sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import { type Columns, rowsTable } from './bulk.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export type AgentRow = Row<'agents'>;
type Key = Pick<AgentRow, 'cluster_id' | 'agent'>;

const KEY: Columns<Key> = { cluster_id: 'text', agent: 'text' };
const COLUMNS: Columns<AgentRow> = {
  ...KEY,
  role: 'text',
  node: 'text',
  version: 'text',
  boot: 'text',
  epoch: 'bigint',
  first_seen_at: 'bigint',
  last_seen_at: 'bigint',
  heartbeat_seconds: 'bigint',
  last_heartbeat_at: 'bigint',
  last_inspection_at: 'bigint',
  outbox: 'text',
  skew_ms: 'bigint',
  silent_since: 'bigint',
  retired_at: 'bigint',
  inspection_boot: 'text',
  inspection_seq: 'bigint',
  takes: 'text',
  leaves: 'text',
  leaves_at: 'bigint',
};
/** Facts of the store's own that a payload does not change. */
const KEPT: ReadonlySet<string> = new Set(['cluster_id', 'agent', 'first_seen_at', 'silent_since']);

export function agentKey({ cluster_id, agent }: Key): string {
  return `${cluster_id}|${agent}`;
}

/** Rows of these agents and of every cluster agent of `clusters`, locked until the transaction ends. */
export async function lockAgents(db: Db, engine: Engine, keys: readonly Key[], clusters: readonly string[]): Promise<Map<string, AgentRow>> {
  const lock = engine === 'postgres' ? sql`for update` : sql``;
  // All replicas of a cluster agent are one sender: their row of the cluster is the lock that orders them.
  if (engine === 'postgres' && clusters.length > 0) await sql`select id from clusters where id in (${sql.join(clusters)}) order by id for no key update`.execute(db);
  const own =
    await sql<AgentRow>`select * from agents where (cluster_id, agent) in (select cluster_id, agent from ${rowsTable(engine, KEY, keys)} as k) order by cluster_id, agent ${lock}`.execute(
      db,
    );
  const rows = new Map(own.rows.map((row) => [agentKey(row), { ...row }]));
  if (clusters.length === 0) return rows;
  const replicas = await db.selectFrom('agents').selectAll().where('cluster_id', 'in', clusters).where('role', '=', 'cluster').execute();
  for (const row of replicas) if (!rows.has(agentKey(row))) rows.set(agentKey(row), { ...row });
  return rows;
}

export async function upsertAgents(db: Db, engine: Engine, rows: readonly AgentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const all = Object.keys(COLUMNS);
  const names = sql.join(all.map((name) => sql.ref(name)));
  const changes = sql.join(all.filter((name) => !KEPT.has(name)).map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`));
  await sql`insert into agents (${names}) select ${names} from ${rowsTable(engine, COLUMNS, rows)} as fresh where true order by cluster_id, agent
    on conflict (cluster_id, agent) do update set ${changes}`.execute(db);
}

/** Node agents of a cluster whose machine is not in `nodes`, last heard of before `before`. Empty when no agent's machine is: the names then do not match. */
export async function agentsOfLostNodes(db: Db, clusterId: string, nodes: ReadonlySet<string>, before: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('agents')
    .select(['agent', 'node', 'last_seen_at'])
    .where('cluster_id', '=', clusterId)
    .where('role', '=', 'node')
    .where('retired_at', 'is', null)
    .execute();
  if (!rows.some(({ node }) => node !== null && nodes.has(node))) return [];
  return rows.filter(({ node, last_seen_at }) => node !== null && !nodes.has(node) && last_seen_at < before).map(({ agent }) => agent);
}

/** @returns whether there was one that was not retired yet */
export async function markRetired(db: Db, clusterId: string, agent: string, at: number): Promise<boolean> {
  const done = await db
    .updateTable('agents')
    .set({ retired_at: at, silent_since: null })
    .where('cluster_id', '=', clusterId)
    .where('agent', '=', agent)
    .where('retired_at', 'is', null)
    .returning('agent')
    .execute();
  return done.length > 0;
}

export interface SilenceRule {
  /** Heartbeats that may be missed. */
  readonly missed: number;
  /** Share of the interval that a heartbeat may come late. */
  readonly jitterRatio: number;
  /** Since when this collector has been listening, milliseconds: nobody is silent towards one that was down. */
  readonly listeningSince: number;
}

/** Marks those that have become silent; each is returned once, to one caller. */
export async function markSilent(db: Db, engine: Engine, now: number, { missed, jitterRatio, listeningSince }: SilenceRule): Promise<readonly AgentRow[]> {
  const greatest = sql.raw(engine === 'postgres' ? 'greatest' : 'max');
  const patience = missed * (1 + jitterRatio) * 1_000;
  const { rows } = await sql<AgentRow>`update agents set silent_since = last_heartbeat_at
    where retired_at is null and silent_since is null and heartbeat_seconds is not null and last_heartbeat_at is not null
      and ${greatest}(last_heartbeat_at, cast(${listeningSince} as bigint)) + heartbeat_seconds * cast(${patience} as double precision) < ${now}
    returning *`.execute(db);
  return rows;
}
/**
 * Those that have missed their heartbeats, or were silent already, and whose place another agent has taken that was first heard of after
 * their last word: a pod that was replaced has lost its folder, and so its name.
 */
export async function replacedAgents(db: Db, now: number, { missed, jitterRatio }: Omit<SilenceRule, 'listeningSince'>): Promise<readonly AgentRow[]> {
  const patience = missed * (1 + jitterRatio) * 1_000;
  const { rows } = await sql<AgentRow>`select a.* from agents a
    where a.retired_at is null and a.heartbeat_seconds is not null and a.last_heartbeat_at + a.heartbeat_seconds * cast(${patience} as double precision) < ${now}
      and exists (select 1 from agents b where b.cluster_id = a.cluster_id and b.role = a.role and coalesce(b.node, '') = coalesce(a.node, '')
        and b.retired_at is null and b.silent_since is null and b.first_seen_at > a.last_heartbeat_at)`.execute(db);
  return rows;
}
/** Marks those that speak again; `silent_since` of the rows returned is still when their silence began. */
export async function markBack(db: Db): Promise<readonly AgentRow[]> {
  const rows = await db.selectFrom('agents').selectAll().where('silent_since', 'is not', null).whereRef('last_heartbeat_at', '>', 'silent_since').execute();
  const back: AgentRow[] = [];
  for (const row of rows) {
    const done = await db
      .updateTable('agents')
      .set({ silent_since: null })
      .where('cluster_id', '=', row.cluster_id)
      .where('agent', '=', row.agent)
      .where('silent_since', '=', row.silent_since)
      .returning('agent')
      .execute();
    if (done.length > 0) back.push(row);
  }
  return back;
}

export interface AgentQuery {
  readonly clusterId?: string | undefined;
  readonly retired?: boolean | undefined;
  /** `clusterId|agent` of the last one of the page before. */
  readonly after?: string | undefined;
  /** 1,000 at most; default 200. */
  readonly limit?: number | undefined;
}
/** In the order of cluster and agent. */
export async function listAgentRows(db: Db, visibility: Visibility, { clusterId, retired = false, after, limit = 200 }: AgentQuery): Promise<readonly AgentRow[]> {
  let query = db.selectFrom('agents').selectAll().where(clusterVisible(visibility, 'agents.cluster_id'));
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  if (!retired) query = query.where('retired_at', 'is', null);
  const [afterCluster, afterAgent] = after?.split('|') ?? [];
  if (afterCluster !== undefined && afterAgent !== undefined)
    query = query.where((on) => on.or([on('cluster_id', '>', afterCluster), on.and([on('cluster_id', '=', afterCluster), on('agent', '>', afterAgent)])]));
  return await query.orderBy('cluster_id').orderBy('agent').limit(Math.min(limit, 1_000)).execute();
}
