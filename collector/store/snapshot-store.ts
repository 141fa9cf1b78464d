/** Raw inspections as they travelled, in their gzip, for as long as the retention says. */
import { sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { payloadOf } from './kept-body.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export interface SnapshotSummary {
  readonly id: string;
  readonly clusterId: string;
  readonly agent: string;
  readonly role: string;
  readonly takenAt: number;
  readonly receivedAt: number;
  readonly sha256: string;
  readonly score: number | null;
  /** Percent. */
  readonly coverage: number | null;
  /** Of the JSON. */
  readonly bytes: number;
}

/** Rows in one statement: parameters of a statement are limited, and so is what a slow disk should do at once. */
const ROWS_AT_ONCE = 32;

export async function insertSnapshots(db: Db, rows: readonly Row<'snapshots'>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await db
      .insertInto('snapshots')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .execute();
}

const SUMMARY = ['id', 'cluster_id', 'agent', 'role', 'taken_at', 'received_at', 'sha256', 'score', 'coverage', 'bytes'] as const;

export interface SnapshotQuery {
  readonly clusterId: string;
  readonly agent?: string | undefined;
  /** Taken before this time, milliseconds: where the last page ended. */
  readonly before?: number | undefined;
  /** 500 at most; default 100. */
  readonly limit?: number | undefined;
}

/** Newest first. */
export async function listSnapshots(db: Db, visibility: Visibility, { clusterId, agent, before, limit = 100 }: SnapshotQuery): Promise<readonly SnapshotSummary[]> {
  let query = db.selectFrom('snapshots').select(SUMMARY).where('cluster_id', '=', clusterId).where(clusterVisible(visibility, 'snapshots.cluster_id'));
  if (agent !== undefined) query = query.where('agent', '=', agent);
  if (before !== undefined) query = query.where('taken_at', '<', before);
  const rows = await query.orderBy('taken_at', 'desc').orderBy('id').limit(Math.min(limit, 500)).execute();
  return rows.map(toSummary);
}

/** When inspections of a cluster arrived that are still kept, by the minute and newest first: after each of them its state may be another. Milliseconds, the end of the minute. */
export async function inspectionMoments(db: Db, visibility: Visibility, clusterId: string, limit = 200): Promise<readonly number[]> {
  const minute = sql<number>`(taken_at - taken_at % 60000 + 60000)`;
  const rows = await db
    .selectFrom('snapshots')
    .select(minute.as('at'))
    .where('cluster_id', '=', clusterId)
    .where(clusterVisible(visibility, 'snapshots.cluster_id'))
    .groupBy(minute)
    .orderBy(minute, 'desc')
    .limit(Math.min(limit, 500))
    .execute();
  return rows.map(({ at }) => Number(at));
}

/** The newest inspection of every agent of a cluster that has not been retired. */
export async function newestSnapshots(db: Db, visibility: Visibility, clusterId: string): Promise<readonly SnapshotSummary[]> {
  const rows = await db
    .selectFrom('snapshots')
    .select(SUMMARY)
    .where('cluster_id', '=', clusterId)
    .where(clusterVisible(visibility, 'snapshots.cluster_id'))
    .where((eb) =>
      eb(
        'taken_at',
        '=',
        eb
          .selectFrom('snapshots as newer')
          .select(({ fn }) => fn.max('newer.taken_at').as('newest'))
          .whereRef('newer.cluster_id', '=', 'snapshots.cluster_id')
          .whereRef('newer.agent', '=', 'snapshots.agent'),
      ),
    )
    .where((on) =>
      on.not(
        on.exists(
          on
            .selectFrom('agents')
            .select('agents.agent')
            .whereRef('agents.cluster_id', '=', 'snapshots.cluster_id')
            .whereRef('agents.agent', '=', 'snapshots.agent')
            .where('agents.retired_at', 'is not', null),
        ),
      ),
    )
    .orderBy('agent')
    .execute();
  return rows.map(toSummary);
}

/** The payload's JSON, or `undefined` when it has expired or belongs to others. */
export async function readSnapshot(db: Db, visibility: Visibility, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('snapshots').select('body').where('id', '=', id).where(clusterVisible(visibility, 'snapshots.cluster_id')).executeTakeFirst();
  return row && payloadOf(row.body);
}

export function toSummary(row: Pick<Row<'snapshots'>, (typeof SUMMARY)[number]>): SnapshotSummary {
  const { id, cluster_id, agent, role, taken_at, received_at, sha256, score, coverage, bytes } = row;
  return { id, clusterId: cluster_id, agent, role, takenAt: taken_at, receivedAt: received_at, sha256, score, coverage, bytes };
}
