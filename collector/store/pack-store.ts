/** Rule packs as they were applied: one counts, those before it stay for the way back. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Actor } from '../incidents/event.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';

export const PACK_STATES = ['current', 'replaced', 'withdrawn'] as const;
export interface StoredPack {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly keyId: string;
  readonly signature: string;
  readonly state: (typeof PACK_STATES)[number];
  readonly approvedBy: string;
  /** Milliseconds. */
  readonly appliedAt: number;
}
export interface NewPack extends Omit<StoredPack, 'id' | 'state'> {
  /** The signed document. */
  readonly text: string;
  readonly actor: Actor;
}

/** It counts from now on, in place of the one before. */
export async function insertPack(db: Db, { name, version, sha256, keyId, signature, approvedBy, appliedAt, text, actor }: NewPack): Promise<void> {
  await db.updateTable('packs').set({ state: 'replaced' }).where('state', '=', 'current').execute();
  await db
    .insertInto('packs')
    .values({
      ...{ name, version, sha256, signature, state: 'current', key_id: keyId, approved_by: approvedBy, applied_at: appliedAt },
      ...{ body: gzipSync(text), applied_by: JSON.stringify(actor) },
    })
    .execute();
}
/** The one that counts is withdrawn, the newest of those that it replaced counts again. */
export async function withdrawPack(db: Db): Promise<{ readonly gone: StoredPack; readonly now: StoredPack | undefined } | undefined> {
  const gone = await currentPack(db);
  if (!gone) return undefined;
  await db.updateTable('packs').set({ state: 'withdrawn' }).where('id', '=', gone.id).execute();
  const before = await db.selectFrom('packs').selectAll().where('state', '=', 'replaced').where('id', '<', gone.id).orderBy('id', 'desc').limit(1).executeTakeFirst();
  if (before) await db.updateTable('packs').set({ state: 'current' }).where('id', '=', before.id).execute();
  return { gone, now: before && toPack({ ...before, state: 'current' }) };
}
export async function currentPack(db: Db): Promise<StoredPack | undefined> {
  const row = await db.selectFrom('packs').selectAll().where('state', '=', 'current').executeTakeFirst();
  return row && toPack(row);
}
/** Newest first. */
export async function listPacks(db: Db): Promise<readonly StoredPack[]> {
  const rows = await db.selectFrom('packs').selectAll().orderBy('id', 'desc').limit(200).execute();
  return rows.map(toPack);
}
/** The signed document of one. */
export async function packText(db: Db, id: number): Promise<string> {
  const { body } = await db.selectFrom('packs').select('body').where('id', '=', id).executeTakeFirstOrThrow();
  return gunzipSync(body).toString('utf8');
}

function toPack({ id, name, version, sha256, key_id, signature, state, approved_by, applied_at }: Row<'packs'>): StoredPack {
  return { id, name, version, sha256, keyId: key_id, signature, state: PACK_STATES.find((one) => one === state) ?? 'withdrawn', approvedBy: approved_by, appliedAt: applied_at };
}
