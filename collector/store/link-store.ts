/** One-time links: only the digest of their secret is kept, and each opens once. */
import type { Db } from './database.ts';

export const LINK_PURPOSES = ['first-administrator', 'invitation', 'password-reset'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];
export interface Link {
  readonly hash: string;
  readonly userId: string | null;
  readonly purpose: LinkPurpose;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Earlier unused links of the same purpose and user end: the newest is the one that counts. */
export async function insertLink(db: Db, link: Link): Promise<void> {
  await db
    .deleteFrom('links')
    .where('purpose', '=', link.purpose)
    .where('user_id', link.userId === null ? 'is' : '=', link.userId)
    .where('used_at', 'is', null)
    .execute();
  await db
    .insertInto('links')
    .values({ hash: link.hash, user_id: link.userId, purpose: link.purpose, created_at: link.createdAt, expires_at: link.expiresAt, used_at: null })
    .execute();
}
/** A link that can still be used. */
export async function openLink(db: Db, hash: string, now: number): Promise<Link | undefined> {
  const row = await db.selectFrom('links').selectAll().where('hash', '=', hash).where('used_at', 'is', null).where('expires_at', '>', now).executeTakeFirst();
  const purpose = LINK_PURPOSES.find((known) => known === row?.purpose);
  return row && purpose && { hash: row.hash, userId: row.user_id, purpose, createdAt: row.created_at, expiresAt: row.expires_at };
}
/** @returns whether it was this call that used it: of two at once, one */
export async function useLink(db: Db, hash: string, now: number): Promise<boolean> {
  const result = await db.updateTable('links').set({ used_at: now }).where('hash', '=', hash).where('used_at', 'is', null).where('expires_at', '>', now).executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
export async function deleteOldLinks(db: Db, expiredBefore: number): Promise<void> {
  await db.deleteFrom('links').where('expires_at', '<', expiredBefore).execute();
}
