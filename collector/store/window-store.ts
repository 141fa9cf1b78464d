/** Planned changes and maintenance windows of customers. */
import type { Scope } from '../../agent/wire/inspection.ts';
import { sees, type Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';

export interface PlannedWindow {
  readonly id: string;
  readonly customerId: string;
  /** Null: all clusters of the customer. */
  readonly clusterId: string | null;
  readonly kind: 'maintenance' | 'change';
  /** Absent: everything. A node's scope takes in what lives on the node. */
  readonly scope?: Scope | undefined;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly title: string;
  readonly announcedAt: number;
  readonly approvedBy?: string | undefined;
  readonly cancelledAt?: number | undefined;
}

export async function insertWindow(db: Db, { id, customerId, clusterId, kind, scope, startsAt, endsAt, title, announcedAt, approvedBy }: PlannedWindow): Promise<void> {
  await db
    .insertInto('windows')
    .values({
      ...{ id, kind, title, customer_id: customerId, cluster_id: clusterId, starts_at: startsAt, ends_at: endsAt, announced_at: announcedAt },
      scope: scope ? JSON.stringify(scope) : null,
      approved_by: approvedBy ?? null,
      cancelled_at: null,
    })
    .execute();
}

/** Windows that are open now for a cluster of a customer. */
export async function openWindows(db: Db, customerId: string, clusterId: string | null, now: number): Promise<readonly PlannedWindow[]> {
  const rows = await db
    .selectFrom('windows')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('cancelled_at', 'is', null)
    .where('starts_at', '<=', now)
    .where('ends_at', '>', now)
    .where((eb) => eb.or([eb('cluster_id', 'is', null), ...(clusterId === null ? [] : [eb('cluster_id', '=', clusterId)])]))
    .orderBy('ends_at', 'desc')
    .execute();
  return rows.map(toWindow);
}

/** Changes that were to be over by now and ended no longer ago than `endedAfter`; called off ones never were. */
export async function endedChanges(
  db: Db,
  customerId: string,
  clusterId: string | null,
  { now, endedAfter }: { readonly now: number; readonly endedAfter: number },
): Promise<readonly PlannedWindow[]> {
  const rows = await db
    .selectFrom('windows')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'change')
    .where('cancelled_at', 'is', null)
    .where('ends_at', '<=', now)
    .where('ends_at', '>', endedAfter)
    .where((eb) => eb.or([eb('cluster_id', 'is', null), ...(clusterId === null ? [] : [eb('cluster_id', '=', clusterId)])]))
    .orderBy('ends_at', 'desc')
    .limit(500)
    .execute();
  return rows.map(toWindow);
}

export async function windowById(db: Db, visibility: Visibility, id: string): Promise<PlannedWindow | undefined> {
  const row = await db.selectFrom('windows').selectAll().where('id', '=', id).executeTakeFirst();
  return row && sees(visibility, row.customer_id) ? toWindow(row) : undefined;
}

/** Those that have not ended before `since`, soonest first; 500 at most. */
export async function listWindows(db: Db, visibility: Visibility, since: number): Promise<readonly PlannedWindow[]> {
  let query = db.selectFrom('windows').selectAll().where('ends_at', '>=', since).orderBy('starts_at').orderBy('id').limit(500);
  if (visibility !== 'all') query = query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
  return (await query.execute()).map(toWindow);
}

export async function cancelWindow(db: Db, id: string, now: number): Promise<boolean> {
  const result = await db.updateTable('windows').set({ cancelled_at: now }).where('id', '=', id).where('cancelled_at', 'is', null).executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export function toWindow(row: Row<'windows'>): PlannedWindow {
  return {
    ...{ id: row.id, customerId: row.customer_id, clusterId: row.cluster_id, kind: row.kind as PlannedWindow['kind'], startsAt: row.starts_at, endsAt: row.ends_at },
    ...{ title: row.title, announcedAt: row.announced_at, approvedBy: row.approved_by ?? undefined, cancelledAt: row.cancelled_at ?? undefined },
    scope: row.scope === null ? undefined : (JSON.parse(row.scope) as Scope),
  };
}
