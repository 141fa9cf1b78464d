/** The database seen as a whole. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database, Db } from './database.ts';

/** Whether it answers in time. */
export async function pingDatabase({ db }: Pick<Database, 'db'>, withinMs: number): Promise<boolean> {
  const answered = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const timeout = new AbortController();
  const late = sleep(withinMs, false, { signal: timeout.signal }).catch(() => false);
  try {
    return await Promise.race([answered, late]);
  } finally {
    timeout.abort();
  }
}

const COUNTED = ['customers', 'clusters', 'agents', 'incidents', 'findings', 'snapshots', 'quarantine', 'users'] as const;
/** Rows by table. */
export async function readTotals(db: Db): Promise<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const table of COUNTED) {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    totals[table] = Number(count);
  }
  const { count } = await db
    .selectFrom('notifications')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return { ...totals, 'notifications.pending': Number(count) };
}

/** A second row where there may be one: somebody else was quicker. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === '23505') return true; // unique_violation of PostgreSQL
  return 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555); // SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY
}
