/** Sessions and wrong passwords. The cookie's secret is not here: only its digest is. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface Session {
  /** Digest of the secret. */
  readonly hash: string;
  readonly userId: string;
  /** Digest of the token against forged requests. */
  readonly csrf: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
}

export async function insertSession(db: Db, session: Session): Promise<void> {
  await db
    .insertInto('sessions')
    .values({ hash: session.hash, user_id: session.userId, csrf: session.csrf, created_at: session.createdAt, seen_at: session.seenAt, expires_at: session.expiresAt })
    .execute();
}
export async function sessionByHash(db: Db, hash: string): Promise<Session | undefined> {
  const row = await db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row && { hash: row.hash, userId: row.user_id, csrf: row.csrf, createdAt: row.created_at, seenAt: row.seen_at, expiresAt: row.expires_at };
}
export async function touchSession(db: Db, hash: string, seenAt: number): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: seenAt }).where('hash', '=', hash).where('seen_at', '<', seenAt).execute();
}
export async function deleteSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hash).execute();
}
/** All of a user: after a change of password, role or status. */
export async function deleteSessionsOf(db: Db, userId: string, except?: string): Promise<void> {
  let query = db.deleteFrom('sessions').where('user_id', '=', userId);
  if (except !== undefined) query = query.where('hash', '<>', except);
  await query.execute();
}
/** Sessions that ended and failures that are forgotten. */
export async function deleteOldSessions(
  db: Db,
  { expiredAt, idleSince, failuresBefore }: { readonly expiredAt: number; readonly idleSince: number; readonly failuresBefore: number },
): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where((eb) => eb.or([eb('expires_at', '<=', expiredAt), eb('seen_at', '<', idleSince)]))
    .execute();
  await db.deleteFrom('sign_in_failures').where('last_at', '<', failuresBefore).execute();
}

export interface Failures {
  readonly failures: number;
  readonly lastAt: number;
  readonly blockedUntil: number;
}
export async function failuresOf(db: Db, key: string): Promise<Failures | undefined> {
  const row = await db.selectFrom('sign_in_failures').selectAll().where('key', '=', key).executeTakeFirst();
  return row && { failures: row.failures, lastAt: row.last_at, blockedUntil: row.blocked_until };
}
/**
 * Counts a try before its password is looked at, so that many at once count too.
 * @param forgottenBefore counting begins anew when the last failure is older
 * @returns failures in a row, with this one
 */
export async function countTry(db: Db, key: string, now: number, forgottenBefore: number): Promise<number> {
  const { failures } = await db
    .insertInto('sign_in_failures')
    .values({ key, failures: 1, last_at: now, blocked_until: 0 })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        failures: sql<number>`case when sign_in_failures.last_at < ${forgottenBefore} then 1 else sign_in_failures.failures + 1 end`,
        last_at: now,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow();
  return failures;
}
export async function blockUntil(db: Db, key: string, until: number): Promise<void> {
  await db.updateTable('sign_in_failures').set({ blocked_until: until }).where('key', '=', key).where('blocked_until', '<', until).execute();
}
export async function forgetFailures(db: Db, key: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('key', '=', key).execute();
}
