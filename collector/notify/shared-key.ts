/**
 * All collectors of one database have one key for the secrets of targets. Which one that is stands in the database, so that one
 * with another key takes no message that it could not send, and says so where somebody looks.
 */
import { AppError } from '../errors.ts';
import type { Database, Db } from '../store/database.ts';
import { isLeaseHeld } from '../store/lease-store.ts';
import { proposeSetting, readSetting, SETTINGS, writeSetting } from '../store/setting-store.ts';
import type { TargetStore } from '../store/target-store.ts';
import type { SecretBox } from './secret-box.ts';

/** Every collector competes for it every few seconds: held by somebody else means that somebody else is at work. */
const SIGN_OF_LIFE = 'silence';

/** Call before this collector's own jobs begin. */
export async function isAnotherAtWork(db: Db, now: number): Promise<boolean> {
  return await isLeaseHeld(db, SIGN_OF_LIFE, now);
}

export class SharedKey {
  readonly #database: Database;
  readonly #box: Pick<SecretBox, 'keyIds'>;

  constructor(database: Database, box: Pick<SecretBox, 'keyIds'>) {
    this.#database = database;
    this.#box = box;
  }

  /** Whether ours is still the one of the database. */
  async isOurs(): Promise<boolean> {
    const id = await readSetting(this.#database.db, SETTINGS.secretsKey);
    return id === undefined || this.#box.keyIds.includes(id);
  }

  /**
   * Once, before any work.
   * @param replace the former key is lost: ours counts from now on, and what was sealed under that one has to be entered again
   * @throws AppError `conflict` that says what to do
   */
  async agree(targets: Pick<TargetStore, 'sealedElsewhere'>, { now, replace = false }: { readonly now: number; readonly replace?: boolean }): Promise<void> {
    const { db } = this.#database;
    const [ours] = this.#box.keyIds;
    if (ours === undefined) throw new Error('no key');
    if (replace) return await writeSetting(db, SETTINGS.secretsKey, ours);
    const known = await readSetting(db, SETTINGS.secretsKey);
    if (known !== undefined && this.#box.keyIds.includes(known)) return;
    const sealed = await targets.sealedElsewhere();
    if (sealed > 0) throw new AppError('conflict', `the secrets of ${sealed} notification targets were sealed under another key`);
    if (known === undefined) {
      if (this.#box.keyIds.includes(await proposeSetting(db, SETTINGS.secretsKey, ours))) return;
      throw new AppError('conflict', 'another collector started on this database at the same time with another key');
    }
    if (await isAnotherAtWork(db, now)) throw new AppError('conflict', 'another collector is at work on this database with another key');
    await writeSetting(db, SETTINGS.secretsKey, ours); // nothing is sealed under the former key, and nobody has it any more
  }
}
