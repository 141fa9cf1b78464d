/** Few facts that all collectors of one database share. */
import type { Db } from './database.ts';

export const SETTINGS = {
  /** Id of the key that the secrets of targets are sealed under. */
  secretsKey: 'secrets-key',
  /** Where agents and people reach the collector, as the one that started last knows it. */
  publicUrl: 'public-url',
} as const;
export type Setting = (typeof SETTINGS)[keyof typeof SETTINGS];

export async function readSetting(db: Db, key: Setting): Promise<string | undefined> {
  return (await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst())?.value;
}
export async function writeSetting(db: Db, key: Setting, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
/** @returns what stands there now: the first that came */
export async function proposeSetting(db: Db, key: Setting, value: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return (await readSetting(db, key)) ?? value;
}
