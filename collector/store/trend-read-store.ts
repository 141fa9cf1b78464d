/** What a period left behind, read for a report: inspections, findings with their lives, incidents and windows. For the collector's own work, whoever asked. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { StoredFinding } from './finding-store.ts';
import { toStoredFinding } from './finding-store.ts';
import type { SnapshotSummary } from './snapshot-store.ts';
import { toSummary } from './snapshot-store.ts';
import { type PlannedWindow, toWindow } from './window-store.ts';

/** Milliseconds; `to` is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The newest inspection of every agent of a cluster in a stretch; agents that were taken out of service before its end are left out. */
export async function newestWithin(db: Db, clusterId: string, { from, to }: Stretch): Promise<readonly SnapshotSummary[]> {
  const newest = db
    .selectFrom('snapshots')
    .select(['agent', ({ fn }) => fn.max('taken_at').as('newest')])
    .where('cluster_id', '=', clusterId)
    .where('taken_at', '>=', from)
    .where('taken_at', '<', to)
    .groupBy('agent')
    .as('newest');
  const rows = await db
    .selectFrom('snapshots')
    .innerJoin(newest, (join) => join.onRef('newest.agent', '=', 'snapshots.agent').onRef('newest.newest', '=', 'snapshots.taken_at'))
    .leftJoin('agents', (join) => join.onRef('agents.cluster_id', '=', 'snapshots.cluster_id').onRef('agents.agent', '=', 'snapshots.agent'))
    .select(['snapshots.id', 'snapshots.cluster_id', 'snapshots.agent', 'snapshots.role', 'snapshots.taken_at', 'snapshots.received_at', 'snapshots.sha256'])
    .select(['snapshots.score', 'snapshots.coverage', 'snapshots.bytes'])
    .where('snapshots.cluster_id', '=', clusterId)
    .where((eb) => eb.or([eb('agents.retired_at', 'is', null), eb('agents.retired_at', '>=', to)]))
    .orderBy('snapshots.agent')
    .orderBy('snapshots.id')
    .execute();
  // Two inspections of one millisecond are one agent's: the first is enough.
  return [...new Map(rows.toReversed().map((row) => [row.agent, row])).values()].toReversed().map(toSummary);
}

/** More moments than any period is told by. */
const MOST_MOMENTS = 10_000;
/** Ids of the inspections of a cluster as a whole, oldest first. */
export async function clusterSnapshotsWithin(db: Db, clusterId: string, { from, to }: Stretch): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('snapshots')
    .select('id')
    .where('cluster_id', '=', clusterId)
    .where('role', '=', 'cluster')
    .where('taken_at', '>=', from)
    .where('taken_at', '<', to)
    .orderBy('taken_at', 'desc')
    .orderBy('id')
    .limit(MOST_MOMENTS)
    .execute();
  return rows.map(({ id }) => id).toReversed();
}

/** Findings that were there at some moment of a stretch, in the order of their identities. */
export async function findingsWithin(db: Db, clusterId: string, { from, to }: Stretch): Promise<readonly StoredFinding[]> {
  const rows = await db
    .selectFrom('findings')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where('first_seen_at', '<', to)
    .where((eb) => eb.or([eb('gone_at', 'is', null), eb('gone_at', '>=', from)]))
    .orderBy('identity')
    .limit(100_000)
    .execute();
  return rows.map(toStoredFinding);
}

/** Incidents that were open at some moment of a stretch, newest first. @param clusterId null: of all clusters, and of none */
export async function incidentsWithin(
  db: Db,
  customerId: string,
  clusterId: string | null,
  { from, to }: Stretch,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  let query = db
    .selectFrom('incidents')
    .where('customer_id', '=', customerId)
    .where('opened_at', '<', to)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>=', from)]));
  if (clusterId !== null) query = query.where('cluster_id', '=', clusterId);
  const { total } = await query.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
  const rows = await query.select('id').orderBy('opened_at', 'desc').orderBy('id').limit(limit).execute();
  return { ids: rows.map(({ id }) => id), total: Number(total) };
}

/** Planned changes and maintenance that lie in a stretch or touch it, soonest first. */
export async function windowsWithin(db: Db, customerId: string, clusterId: string | null, { from, to }: Stretch): Promise<readonly PlannedWindow[]> {
  let query = db.selectFrom('windows').selectAll().where('customer_id', '=', customerId).where('starts_at', '<', to).where('ends_at', '>=', from);
  if (clusterId !== null) query = query.where((eb) => eb.or([eb('cluster_id', 'is', null), eb('cluster_id', '=', clusterId)]));
  return (await query.orderBy('starts_at').orderBy('id').limit(2_000).execute()).map(toWindow);
}
