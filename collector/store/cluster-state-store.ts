/** States of clusters: one row each, replaced whole. */

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { NO_FINDINGS, type SeverityCounts } from './finding-list.ts';
import { readPlace, writePlace } from './place.ts';
import { wordsOf } from './search-words.ts';
import { clusterVisible, customerVisible } from './visible.ts';

const deflate = promisify(gzip);
const inflate = promisify(gunzip);

export interface NewClusterState {
  readonly clusterId: string;
  readonly madeAt: number;
  readonly asOf: number;
  readonly version: string;
  readonly score: number | null;
  readonly coverage: number;
  readonly checked: number;
  readonly applicable: number;
  readonly json: string;
}
export async function saveClusterState(db: Db, { clusterId, madeAt, asOf, json, ...rest }: NewClusterState): Promise<void> {
  const row = { ...rest, made_at: madeAt, as_of: asOf, document: await deflate(Buffer.from(json, 'utf8')) };
  await db
    .insertInto('cluster_states')
    .values({ cluster_id: clusterId, ...row })
    .onConflict((conflict) => conflict.column('cluster_id').doUpdateSet(row))
    .execute();
}
export async function readClusterState(
  db: Db,
  visibility: Visibility,
  clusterId: string,
): Promise<{ readonly madeAt: number; readonly asOf: number; readonly version: string; readonly json: string } | undefined> {
  const row = await db
    .selectFrom('cluster_states')
    .select(['made_at', 'as_of', 'version', 'document'])
    .where('cluster_id', '=', clusterId)
    .where(clusterVisible(visibility, 'cluster_states.cluster_id'))
    .executeTakeFirst();
  return row && { madeAt: row.made_at, asOf: row.as_of, version: row.version, json: (await inflate(row.document)).toString('utf8') };
}
/** When the risks of a cluster or its newest inspection changed last; `undefined` without an inspection. */
export async function changeOfCluster(db: Db, clusterId: string): Promise<{ readonly inspectedAt: number; readonly changedAt: number } | undefined> {
  const { rows } = await sql<{ inspected: number | null; risks: number | null }>`select
    (select max(received_at) from snapshots where cluster_id = ${clusterId}) as inspected,
    (select max(case when withdrawn_at is null then created_at else withdrawn_at end) from accepted_risks where cluster_id = ${clusterId}) as risks`.execute(db);
  const { inspected = null, risks = null } = rows[0] ?? {};
  return inspected === null ? undefined : { inspectedAt: inspected, changedAt: Math.max(inspected, risks ?? 0) };
}

/** Clusters whose newest inspection came after their state was made, longest behind first. For the collector's own work. */
export async function staleClusters(db: Db, version: string, { madeBefore, limit }: { readonly madeBefore: number; readonly limit: number }): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select c.id from clusters c left join cluster_states s on s.cluster_id = c.id
    where exists (select 1 from agents a where a.cluster_id = c.id and a.last_inspection_at is not null and a.retired_at is null
      and (s.cluster_id is null or s.version <> ${version} or (a.last_seen_at > s.made_at and a.last_inspection_at > s.as_of and s.made_at < ${madeBefore})))
    order by coalesce(s.made_at, 0), c.id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** A cluster as the overview shows it. */
export interface ClusterTile {
  readonly id: string;
  readonly name: string;
  readonly kind: 'kubernetes' | 'hosts';
  readonly customerId: string;
  readonly customer: string;
  readonly demo: boolean;
  readonly zone: string;
  /** Null: nothing was inspected yet. */
  readonly score: number | null;
  readonly coverage: number | null;
  readonly checked: number | null;
  readonly applicable: number | null;
  /** Of the newest inspection. */
  readonly asOf: number | null;
  readonly findings: SeverityCounts;
  readonly incidents: number;
  readonly breached: number;
  readonly agents: number;
  readonly silent: number;
}
/** Nothing known stands between what is fine and what is not: it is neither. */
const UNKNOWN_RANK = 79.5;

/** Worst first. @throws AppError `invalid` for a cursor that no page gave */
export async function listTiles(
  db: Db,
  visibility: Visibility,
  {
    customerId,
    search,
    cursor,
    limit,
  }: { readonly customerId?: string | undefined; readonly search?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ readonly items: readonly ClusterTile[]; readonly next?: string | undefined }> {
  const rank = sql<number>`cast(coalesce(s.score, ${sql.lit(UNKNOWN_RANK)}) as double precision)`;
  const where: Expression<SqlBool>[] = [customerVisible(visibility, 'c.customer_id')];
  if (customerId !== undefined) where.push(sql<SqlBool>`c.customer_id = ${customerId}`);
  for (const word of wordsOf(search)) where.push(sql<SqlBool>`lower(c.name || ' ' || k.name) like ${`%${word}%`}`);
  const from = cursor === undefined ? undefined : readPlace(cursor, ['number', 'string', 'string']);
  if (from) where.push(sql<SqlBool>`(${rank}, c.name, c.id) > (${sql.join(from)})`);
  const { rows } = await sql<{
    id: string;
    name: string;
    kind: string;
    customer_id: string;
    customer: string;
    demo: number;
    zone: string;
    score: number | null;
    coverage: number | null;
    checked: number | null;
    applicable: number | null;
    as_of: number | null;
    rank: number;
  }>`select c.id, c.name, c.kind, c.customer_id, k.name as customer, k.demo, coalesce(c.zone, k.zone) as zone, s.score, s.coverage, s.checked, s.applicable, s.as_of, ${rank} as rank
    from clusters c join customers k on k.id = c.customer_id left join cluster_states s on s.cluster_id = c.id
    where ${sql.join(where, sql` and `)} order by rank, c.name, c.id limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const [findings, incidents, agents] = await Promise.all([findingsBy(db, ids), incidentsBy(db, ids), agentsBy(db, ids)]);
  const items = shown.map(
    (row): ClusterTile => ({
      ...{ id: row.id, name: row.name, customerId: row.customer_id, customer: row.customer, zone: row.zone, score: row.score, coverage: row.coverage },
      ...{ checked: row.checked, applicable: row.applicable, asOf: row.as_of },
      kind: row.kind === 'hosts' ? 'hosts' : 'kubernetes',
      demo: row.demo === 1,
      findings: findings.get(row.id) ?? NO_FINDINGS,
      incidents: incidents.get(row.id)?.active ?? 0,
      breached: incidents.get(row.id)?.breached ?? 0,
      agents: agents.get(row.id)?.agents ?? 0,
      silent: agents.get(row.id)?.silent ?? 0,
    }),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return last ? { items, next: writePlace([last.rank, last.name, last.id]) } : { items };
}

async function findingsBy(db: Db, ids: readonly string[]): Promise<Map<string, SeverityCounts>> {
  const found = new Map<string, SeverityCounts>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('findings')
    .select(({ fn }) => ['cluster_id', 'severity', fn.countAll<number>().as('count')])
    .where('cluster_id', 'in', [...ids])
    .where('gone_at', 'is', null)
    .groupBy(['cluster_id', 'severity'])
    .execute();
  for (const { cluster_id, severity, count } of rows) found.set(cluster_id, { ...NO_FINDINGS, ...found.get(cluster_id), [severity as keyof SeverityCounts]: Number(count) });
  return found;
}
async function incidentsBy(db: Db, ids: readonly string[]): Promise<Map<string, { readonly active: number; readonly breached: number }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('incidents')
    .select(({ fn }) => ['cluster_id', fn.countAll<number>().as('active'), fn.sum<number>('breached').as('breached')])
    .where('cluster_id', 'in', [...ids])
    .where('active', '=', 1)
    .where('state', 'not in', ['resolved', 'suppressed'])
    .groupBy('cluster_id')
    .execute();
  return new Map(rows.map(({ cluster_id, active, breached }) => [cluster_id ?? '', { active: Number(active), breached: Number(breached) }]));
}
async function agentsBy(db: Db, ids: readonly string[]): Promise<Map<string, { readonly agents: number; readonly silent: number }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('agents')
    .select(({ fn }) => ['cluster_id', fn.countAll<number>().as('agents'), fn.count<number>('silent_since').as('silent')])
    .where('cluster_id', 'in', [...ids])
    .where('retired_at', 'is', null)
    .groupBy('cluster_id')
    .execute();
  return new Map(rows.map(({ cluster_id, agents, silent }) => [cluster_id, { agents: Number(agents), silent: Number(silent) }]));
}

/** The fleet in a few numbers, and a stamp that changes when any of them may have: what live pages ask every few seconds. */
export interface FleetPulse {
  readonly clusters: number;
  readonly customers: number;
  readonly agents: number;
  readonly silent: number;
  readonly incidents: number;
  readonly unacknowledged: number;
  readonly breached: number;
  /** Newest change of an incident, an inspection or a state, milliseconds. */
  readonly changedAt: number;
}
export async function fleetPulse(db: Db, visibility: Visibility): Promise<FleetPulse> {
  const incidentSeen = customerVisible(visibility, 'i.customer_id');
  const clusterSeen = (column: string): Expression<SqlBool> => clusterVisible(visibility, column);
  const { rows } = await sql<Record<keyof FleetPulse | 'asked' | 'requested' | 'stated' | 'leaving' | 'changed', number | null>>`select
    (select count(*) from clusters c where ${customerVisible(visibility, 'c.customer_id')}) as clusters,
    (select count(distinct c.customer_id) from clusters c where ${customerVisible(visibility, 'c.customer_id')}) as customers,
    (select count(*) from agents a where a.retired_at is null and ${clusterSeen('a.cluster_id')}) as agents,
    (select count(*) from agents a where a.silent_since is not null and a.retired_at is null and ${clusterSeen('a.cluster_id')}) as silent,
    (select count(*) from incidents i where i.active = 1 and i.state not in ('resolved', 'suppressed') and ${incidentSeen}) as incidents,
    (select count(*) from incidents i where i.active = 1 and i.acknowledged_at is null and i.state in ('open', 'recovering') and ${incidentSeen}) as unacknowledged,
    (select count(*) from incidents i where i.active = 1 and i.breached = 1 and i.state not in ('resolved', 'suppressed') and ${incidentSeen}) as breached,
    (select max(i.updated_at) from incidents i where i.active = 1 and ${incidentSeen}) as changed,
    (select max(coalesce(r.state_at, r.handed_at)) from inspection_request_agents r where r.request_id in
      (select q.id from inspection_requests q where ${clusterSeen('q.cluster_id')} order by q.requested_at desc limit 5)) as asked,
    (select max(q.requested_at) from inspection_requests q where ${clusterSeen('q.cluster_id')}) as requested,
    (select max(a.leaves_at) from agents a where a.retired_at is null and ${clusterSeen('a.cluster_id')}) as leaving,
    (select max(s.made_at) from cluster_states s where ${clusterSeen('s.cluster_id')}) as stated`.execute(db);
  const row = rows[0];
  const number = (value: number | null | undefined): number => Number(value ?? 0);
  return {
    clusters: number(row?.clusters),
    customers: number(row?.customers),
    agents: number(row?.agents),
    silent: number(row?.silent),
    incidents: number(row?.incidents),
    unacknowledged: number(row?.unacknowledged),
    breached: number(row?.breached),
    changedAt: Math.max(number(row?.changed), number(row?.stated), number(row?.asked), number(row?.requested), number(row?.leaving)),
  };
}

export interface SilentAgent {
  readonly clusterId: string;
  readonly cluster: string;
  readonly zone: string;
  readonly agent: string;
  readonly role: string;
  readonly node: string | null;
  readonly silentSince: number;
}
/** Longest silent first. */
export async function silentAgentsOf(db: Db, visibility: Visibility, limit: number): Promise<readonly SilentAgent[]> {
  const { rows } = await sql<{ cluster_id: string; name: string; zone: string; agent: string; role: string; node: string | null; silent_since: number }>`
    select a.cluster_id, c.name, coalesce(c.zone, k.zone) as zone, a.agent, a.role, a.node, a.silent_since
    from agents a join clusters c on c.id = a.cluster_id join customers k on k.id = c.customer_id
    where a.silent_since is not null and a.retired_at is null and ${clusterVisible(visibility, 'a.cluster_id')} order by a.silent_since, a.agent limit ${limit}`.execute(db);
  return rows.map(({ cluster_id, name, silent_since, ...rest }) => ({ ...rest, clusterId: cluster_id, cluster: name, silentSince: silent_since }));
}
