/** Records that people supply for reports, each under a key of its own. */
import { randomUUID } from 'node:crypto';
import type { Visibility } from '../access/visibility.ts';
import type { Actor } from '../incidents/event.ts';
import type { RecordKind } from '../records/record-set.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';
import { customerVisible } from './visible.ts';

export interface StoredRecord {
  readonly id: string;
  readonly customerId: string;
  /** Null: all clusters of the customer. */
  readonly clusterId: string | null;
  readonly kind: RecordKind;
  readonly key: string;
  /** As a record set holds it. */
  readonly body: unknown;
  readonly updatedAt: number;
  readonly updatedBy: Actor;
}
export interface RecordSubject {
  readonly customerId: string;
  readonly clusterId: string | null;
}

/** Adds it, or stands it in place of the one of its key. */
export async function saveRecord(db: Db, { customerId, clusterId }: RecordSubject, record: Pick<StoredRecord, 'kind' | 'key' | 'body'>, by: Actor, now: number): Promise<void> {
  const [body, updatedBy] = [JSON.stringify(record.body), JSON.stringify(by)];
  await db
    .insertInto('report_records')
    .values({
      ...{ id: randomUUID(), customer_id: customerId, cluster_id: clusterId, subject: clusterId ?? '*', kind: record.kind, key: record.key, body },
      ...{ created_at: now, updated_at: now, updated_by: updatedBy },
    })
    .onConflict((conflict) => conflict.columns(['customer_id', 'subject', 'kind', 'key']).doUpdateSet({ body, updated_at: now, updated_by: updatedBy }))
    .execute();
}
export async function countRecordsOf(db: Db, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('report_records')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** All that counts for a report: of the cluster and of the customer as a whole; without a cluster, everything of the customer. */
export async function recordsFor(db: Db, { customerId, clusterId }: RecordSubject): Promise<readonly StoredRecord[]> {
  let query = db.selectFrom('report_records').selectAll().where('customer_id', '=', customerId);
  if (clusterId !== null) query = query.where((eb) => eb.or([eb('cluster_id', 'is', null), eb('cluster_id', '=', clusterId)]));
  // What was said of the cluster itself comes last and stands in place of what was said of all.
  return (await query.orderBy('subject').orderBy('kind').orderBy('key').execute()).map(toRecord);
}

export interface RecordQuery {
  readonly customerId?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly kind?: RecordKind | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}
/** In the order of ids; `after` is the last of the page before. */
export async function listRecords(db: Db, visibility: Visibility, { customerId, clusterId, kind, after, limit }: RecordQuery): Promise<readonly StoredRecord[]> {
  let query = db.selectFrom('report_records').selectAll().where(customerVisible(visibility, 'report_records.customer_id'));
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (after !== undefined) query = query.where('id', '>', after);
  return (await query.orderBy('id').limit(limit).execute()).map(toRecord);
}
export async function findRecord(db: Db, visibility: Visibility, id: string): Promise<StoredRecord | undefined> {
  const row = await db.selectFrom('report_records').selectAll().where('id', '=', id).where(customerVisible(visibility, 'report_records.customer_id')).executeTakeFirst();
  return row && toRecord(row);
}
export async function deleteRecord(db: Db, id: string): Promise<void> {
  await db.deleteFrom('report_records').where('id', '=', id).execute();
}

function toRecord(row: Row<'report_records'>): StoredRecord {
  return {
    ...{ id: row.id, customerId: row.customer_id, clusterId: row.cluster_id, kind: row.kind as RecordKind, key: row.key, updatedAt: row.updated_at },
    body: JSON.parse(row.body) as unknown,
    updatedBy: JSON.parse(row.updated_by) as Actor,
  };
}
