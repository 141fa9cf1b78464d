/**
 * The audit log: every change of an incident, policy, credential or right. Append-only and chained by digest, so that a line
 * that was taken out or changed shows.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';
import type { Actor } from '../incidents/event.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';

export interface AuditEntry {
  readonly at: number;
  readonly actor: Actor;
  /** Whose matter it is; null: the support centre's own. */
  readonly customerId: string | null;
  /** `token.revoke`, `user.approve`, `incident.close` … */
  readonly action: string;
  /** Id of the thing. */
  readonly object: string;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}
export interface AuditRecord extends AuditEntry {
  readonly id: number;
}

const FIRST = '0'.repeat(64);

/** Must run in the transaction of the change that it records. */
export async function appendAudit(db: Db, engine: Engine, entry: AuditEntry): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(7259316103)`.execute(db); // one writer of the chain at a time
  const newest = await db.selectFrom('audit').select('hash').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const previous = newest?.hash ?? FIRST;
  const row = {
    at: entry.at,
    actor: JSON.stringify(entry.actor),
    customer_id: entry.customerId,
    action: entry.action,
    object: entry.object,
    details: JSON.stringify(entry.details ?? {}),
    previous,
  };
  await db
    .insertInto('audit')
    .values({ ...row, hash: digestOf(row) })
    .execute();
}

/** Newest first. @param before id to go on from */
export async function listAudit(
  db: Db,
  visibility: Visibility,
  { before, limit = 100 }: { readonly before?: number; readonly limit?: number } = {},
): Promise<readonly AuditRecord[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(Math.min(limit, 500));
  if (before !== undefined) query = query.where('id', '<', before);
  if (visibility !== 'all') query = query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
  return (await query.execute()).map(toRecord);
}

/** @returns id of the first line whose chain is broken, or `undefined` */
export async function verifyAudit(db: Db): Promise<number | undefined> {
  let previous = FIRST;
  for (let after = 0; ; ) {
    const rows = await db.selectFrom('audit').selectAll().where('id', '>', after).orderBy('id').limit(1_000).execute();
    for (const row of rows) {
      if (row.previous !== previous || row.hash !== digestOf(row)) return row.id;
      previous = row.hash;
      after = row.id;
    }
    if (rows.length === 0) return undefined;
  }
}

function digestOf({ at, actor, customer_id, action, object, details, previous }: Omit<Row<'audit'>, 'id' | 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, at, actor, customer_id, action, object, details]))
    .digest('hex');
}
function toRecord({ id, at, actor, customer_id, action, object, details }: Row<'audit'>): AuditRecord {
  return { id, at, actor: JSON.parse(actor) as Actor, customerId: customer_id, action, object, details: JSON.parse(details) as Record<string, unknown> };
}
