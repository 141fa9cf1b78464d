/** Payloads that could not be read: kept as they came, until a newer program reads them or they expire. */
import { gunzipSync } from 'node:zlib';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export type QuarantineRow = Row<'quarantine'>;

export async function insertQuarantine(db: Db, rows: readonly QuarantineRow[]): Promise<void> {
  if (rows.length > 0) await db.insertInto('quarantine').values(rows).execute();
}

/** In the order of ids. @param after id to go on from */
export async function pageQuarantine(db: Db, after: string, limit: number): Promise<readonly QuarantineRow[]> {
  return await db.selectFrom('quarantine').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
}
/** @returns whether it was still there: of two readers one gets it */
export async function takeQuarantine(db: Db, id: string): Promise<boolean> {
  return (await db.deleteFrom('quarantine').where('id', '=', id).returning('id').execute()).length > 0;
}

export interface Quarantined {
  readonly id: string;
  readonly clusterId: string;
  readonly agent: string;
  readonly kind: string;
  readonly reason: string;
  readonly receivedAt: number;
}
/** Newest first. @param before milliseconds, where the last page ended */
export async function listQuarantine(
  db: Db,
  visibility: Visibility,
  { clusterId, before, limit = 100 }: { readonly clusterId?: string; readonly before?: number; readonly limit?: number } = {},
): Promise<readonly Quarantined[]> {
  let query = db.selectFrom('quarantine').select(['id', 'cluster_id', 'agent', 'kind', 'reason', 'received_at']).where(clusterVisible(visibility, 'quarantine.cluster_id'));
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  if (before !== undefined) query = query.where('received_at', '<', before);
  const rows = await query.orderBy('received_at', 'desc').orderBy('id').limit(Math.min(limit, 500)).execute();
  return rows.map(({ id, cluster_id, agent, kind, reason, received_at }) => ({ id, clusterId: cluster_id, agent, kind, reason, receivedAt: received_at }));
}
/** The payload's bytes as they came. */
export function quarantinedBody({ body }: QuarantineRow): Uint8Array {
  return gunzipSync(body);
}
