/** Deletes what has had its time, a few hundred rows a statement, so that nothing waits long behind it. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Engine } from './database.ts';

/** Two years. */
const CARRIED_MS = 731 * 86_400_000;

/** What expires, with the condition that says so; `before` is milliseconds. */
export const EXPIRIES = {
  snapshots: (before) => sql`received_at < ${before}`,
  // What came by hand may come again at any time: those clusters' receipts stay as long as their incidents.
  receipts: (before) =>
    sql`received_at < ${before} and (received_at < ${before - CARRIED_MS} or not exists (select 1 from bundle_origins o where o.cluster_id = receipts.cluster_id))`,
  'signal-payloads': (before) => sql`received_at < ${before}`,
  quarantine: (before) => sql`received_at < ${before}`,
  'hourly-rollups': (before) => sql`resolution = 'h' and at < ${before}`,
  'daily-rollups': (before) => sql`resolution = 'd' and at < ${before}`,
  findings: (before) => sql`gone_at is not null and gone_at < ${before}`,
  // Also removed when its incident is; here the rest, whose incident is still shown.
  // What still waits or is still repeated stays.
  notifications: (before) => sql`state <> 'pending' and repeat_at is null and created_at < ${before}`,
  signals: (before) => sql`state = 'clear' and updated_at < ${before}`,
  sessions: (before) => sql`expires_at < ${before}`,
  links: (before) => sql`expires_at < ${before}`,
  // Their files go with them.
  reports: (before) => sql`state in ('done', 'failed') and finished_at < ${before}`,
} as const satisfies Record<string, (before: number) => RawBuilder<unknown>>;
export type Expiry = keyof typeof EXPIRIES;

const TABLES: Readonly<Record<Expiry, string>> = {
  snapshots: 'snapshots',
  receipts: 'receipts',
  'signal-payloads': 'signal_payloads',
  quarantine: 'quarantine',
  'hourly-rollups': 'rollups',
  'daily-rollups': 'rollups',
  findings: 'findings',
  notifications: 'notifications',
  signals: 'signals',
  sessions: 'sessions',
  links: 'links',
  reports: 'reports',
};

/** Deletes one batch. @returns how many rows went */
export async function deleteExpired(db: Db, engine: Engine, expiry: Expiry, before: number, most: number): Promise<number> {
  const table = sql.table(TABLES[expiry]);
  const row = sql.raw(engine === 'postgres' ? 'ctid' : 'rowid');
  const chosen = sql`select ${row} from ${table} where ${EXPIRIES[expiry](before)} limit ${most}`;
  const { numAffectedRows } = await sql`delete from ${table} where ${row} ${engine === 'postgres' ? sql`= any(array(${chosen}))` : sql`in (${chosen})`}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** What belongs to an incident, children first. */
const OF_INCIDENT = ['timers', 'incident_members', 'notifications', 'incident_events'] as const;

/** Removes closed incidents with everything of theirs. @returns how many went */
export async function deleteClosedIncidents(db: Db, before: number, most: number): Promise<number> {
  const rows = await db.selectFrom('incidents').select('id').where('active', '=', 0).where('closed_at', '<', before).orderBy('closed_at').limit(most).execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const table of OF_INCIDENT) await db.deleteFrom(table).where('incident_id', 'in', ids).execute();
  await db.deleteFrom('incidents').where('id', 'in', ids).execute();
  return ids.length;
}

/** SQLite: lets the write-ahead log shrink and the planner know how tables have grown. */
export async function tidy(db: Db, engine: Engine): Promise<void> {
  if (engine !== 'sqlite') return;
  await sql`pragma wal_checkpoint(passive)`.execute(db);
  await sql`pragma optimize`.execute(db);
}
