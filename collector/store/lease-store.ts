/** One row a job: of several collectors on one database, one does it. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * Takes or prolongs a lease.
 * @returns the fencing token, which grows with every change of holder, or `undefined` while another one holds it
 */
export async function takeLease(
  db: Db,
  { name, holder, now, ttlMs }: { readonly name: string; readonly holder: string; readonly now: number; readonly ttlMs: number },
): Promise<number | undefined> {
  const row = await db
    .insertInto('leases')
    .values({ name, holder, until: now + ttlMs, token: 1 })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until: now + ttlMs, token: sql<number>`case when leases.holder = ${holder} then leases.token else leases.token + 1 end` })
        .where((eb) => eb.or([eb('leases.holder', '=', holder), eb('leases.until', '<=', now)])),
    )
    .returning('token')
    .executeTakeFirst();
  return row?.token;
}
/** Whether anybody has it. */
export async function isLeaseHeld(db: Db, name: string, now: number): Promise<boolean> {
  return (await db.selectFrom('leases').select('name').where('name', '=', name).where('until', '>', now).executeTakeFirst()) !== undefined;
}
/** At a graceful end, so that another need not wait. */
export async function giveUpLease(db: Db, name: string, holder: string): Promise<void> {
  await db.updateTable('leases').set({ until: 0 }).where('name', '=', name).where('holder', '=', holder).execute();
}
