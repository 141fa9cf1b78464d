/** Accepted risks. Rows are never deleted: who answered for what, and until when, stays known. */
import { sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import type { Actor } from '../incidents/event.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export interface StoredRisk {
  readonly id: string;
  readonly clusterId: string;
  /** Of the finding: check and scope. */
  readonly identity: string;
  readonly check: string;
  /** Who answers for it, by name. */
  readonly owner: string;
  readonly reason: string;
  /** Begin of the first day on which it counts again, milliseconds. */
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly withdrawnAt?: number | undefined;
  readonly withdrawnBy?: Actor | undefined;
}

export async function insertRisk(db: Db, { id, clusterId, identity, check, owner, reason, expiresAt, createdAt, createdBy }: StoredRisk): Promise<void> {
  await db
    .insertInto('accepted_risks')
    .values({
      ...{ id, cluster_id: clusterId, identity, check_id: check, owner, reason, expires_at: expiresAt, created_at: createdAt },
      ...{ created_by: JSON.stringify(createdBy), withdrawn_at: null, withdrawn_by: null },
    })
    .execute();
}
/** @returns whether there was one in force */
export async function withdrawRisk(db: Db, id: string, by: Actor, at: number): Promise<boolean> {
  const done = await db
    .updateTable('accepted_risks')
    .set({ withdrawn_at: at, withdrawn_by: JSON.stringify(by) })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .execute();
  return done.length > 0;
}
export async function findRisk(db: Db, visibility: Visibility, id: string): Promise<StoredRisk | undefined> {
  const row = await db.selectFrom('accepted_risks').selectAll().where('id', '=', id).where(clusterVisible(visibility, 'accepted_risks.cluster_id')).executeTakeFirst();
  return row && toRisk(row);
}
export interface RiskQuery {
  readonly clusterId?: string | undefined;
  readonly identity?: string | undefined;
  /** In force then, milliseconds; all that ever were, without. */
  readonly at?: number | undefined;
  /** 1,000 at most. */
  readonly limit?: number | undefined;
}
/** Newest first. */
export async function listRisks(db: Db, visibility: Visibility, { clusterId, identity, at, limit = 200 }: RiskQuery): Promise<readonly StoredRisk[]> {
  let query = db.selectFrom('accepted_risks').selectAll().where(clusterVisible(visibility, 'accepted_risks.cluster_id'));
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  if (identity !== undefined) query = query.where('identity', '=', identity);
  if (at !== undefined)
    query = query
      .where('created_at', '<=', at)
      .where('expires_at', '>', at)
      .where((eb) => eb.or([eb('withdrawn_at', 'is', null), eb('withdrawn_at', '>', at)]));
  return (await query.orderBy('created_at', 'desc').orderBy('id').limit(Math.min(limit, 1_000)).execute()).map(toRisk);
}
/** Of a cluster that ended by their date in a stretch and were not renewed. */
export async function expiredRisks(db: Db, clusterId: string, { from, to }: { readonly from: number; readonly to: number }): Promise<readonly StoredRisk[]> {
  const { rows } = await sql<
    Row<'accepted_risks'>
  >`select * from accepted_risks r where r.cluster_id = ${clusterId} and r.withdrawn_at is null and r.expires_at > ${from} and r.expires_at <= ${to}
    and not exists (select 1 from accepted_risks n where n.cluster_id = r.cluster_id and n.identity = r.identity and n.withdrawn_at is null and n.expires_at > r.expires_at) order by r.expires_at limit 200`.execute(
    db,
  );
  return rows.map(toRisk);
}

function toRisk(row: Row<'accepted_risks'>): StoredRisk {
  return {
    ...{ id: row.id, clusterId: row.cluster_id, identity: row.identity, check: row.check_id, owner: row.owner, reason: row.reason },
    ...{ expiresAt: row.expires_at, createdAt: row.created_at, createdBy: JSON.parse(row.created_by) as Actor },
    ...(row.withdrawn_at !== null && { withdrawnAt: row.withdrawn_at }),
    ...(row.withdrawn_by !== null && { withdrawnBy: JSON.parse(row.withdrawn_by) as Actor }),
  };
}
