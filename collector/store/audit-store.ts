/**
 * The audit log: every change of an incident, policy, credential or right. Append-only and chained by digest, so that a line
 * that was taken out or changed shows.
 */
import { createHash } from 'node:crypto';
import { type SqlBool, sql } from 'kysely';
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

export interface AuditQuery {
  /** Id to go on from. */
  readonly before?: number | undefined;
  /** Part of the name of who did it, or the id. */
  readonly who?: string | undefined;
  /** An action, or the part of one before a dot: `incident`, `token.revoke`. */
  readonly action?: string | undefined;
  /** Part of the id of the thing. */
  readonly object?: string | undefined;
  /** Milliseconds, half-open. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly limit?: number | undefined;
  /** The reader is the customer's: without what support does for itself. */
  readonly isForCustomer?: boolean | undefined;
}
/** As `incident.note` is recorded. */
const INTERNAL_NOTE = '%"visibility":"internal"%';
/** Newest first. */
export async function listAudit(
  db: Db,
  visibility: Visibility,
  { before, who, action, object, since, until, limit = 100, isForCustomer = false }: AuditQuery = {},
): Promise<readonly AuditRecord[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(Math.min(limit, 500));
  if (before !== undefined) query = query.where('id', '<', before);
  if (since !== undefined) query = query.where('at', '>=', since);
  if (until !== undefined) query = query.where('at', '<', until);
  if (action !== undefined) query = query.where((on) => on.or([on('action', '=', action), on('action', 'like', `${plain(action)}.%`)]));
  if (object !== undefined) query = query.where(sql<SqlBool>`object like ${`%${plain(object)}%`}`);
  // JSON of kind, id and name: what a name holds is written as it is, but for quotes and backslashes.
  if (who !== undefined) query = query.where(sql<SqlBool>`lower(actor) like ${`%${plain(JSON.stringify(who.toLowerCase()).slice(1, -1))}%`}`);
  if (visibility !== 'all') query = query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
  // That support wrote something for itself, when and who, is its own business.
  if (isForCustomer) query = query.where((on) => on.not(on.and([on('action', '=', 'incident.note'), sql<SqlBool>`details like ${INTERNAL_NOTE}`])));
  return (await query.execute()).map(toRecord);
}

/** Signs that a pattern would read otherwise match nothing: neither names nor actions need them. */
function plain(text: string): string {
  return text.replaceAll(/[%_\\]/g, '');
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
