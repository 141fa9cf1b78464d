/** Rule packs in a collector: applied with an approval, recorded, taken back; and what of the one that counts holds. */
import { type Advisories, keptFixes } from '../advisories/advisories.ts';
import type { Advisory } from '../advisories/advisory.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import { currentPack, insertPack, listPacks, packText, type StoredPack, withdrawPack } from '../store/pack-store.ts';
import { type Policies, type PolicyAdditions, policiesWith } from '../support/policies.ts';

/** What the collector takes of a pack that the command line has held against its signature and limits. */
export interface PackContent extends PolicyAdditions {
  readonly advisories: readonly Advisory[];
}
export interface ApprovedPack {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly keyId: string;
  readonly signature: string;
  readonly text: string;
  readonly approvedBy: 'approval' | 'trusted-key';
  readonly content: PackContent;
}

export class Packs {
  readonly #database: Database;
  readonly #advisories: Pick<Advisories, 'import'>;
  readonly #base: Policies;

  /** @param base policies of the program and of the site's folder */
  constructor(database: Database, advisories: Pick<Advisories, 'import'>, base: Policies) {
    this.#database = database;
    this.#advisories = advisories;
    this.#base = base;
  }

  async current(): Promise<StoredPack | undefined> {
    return await currentPack(this.#database.db);
  }
  async all(): Promise<readonly StoredPack[]> {
    return await listPacks(this.#database.db);
  }

  /** @throws PolicyError for policies and years that are none; the system's error of the database */
  async apply(pack: ApprovedPack, actor: Actor, now: number): Promise<void> {
    const { content, ...rest } = pack;
    policiesWith(this.#base, [content]); // a fault stops here, before anything is written
    if (content.advisories.length > 0) await this.#advisories.import({ actor }, each(content.advisories), `pack ${pack.name} ${pack.version}`, now);
    const { engine } = this.#database;
    await this.#database.transaction(async (db) => {
      const before = await currentPack(db);
      await insertPack(db, { ...rest, appliedAt: now, actor });
      const { name, version, sha256, keyId, approvedBy } = pack;
      const details = { name, version, keyId, approvedBy, ...(before && { replaces: before.version }) };
      await appendAudit(db, engine, { at: now, actor, customerId: null, action: 'pack.apply', object: sha256, details });
    });
  }

  /** @throws AppError `not-found` when none counts */
  async rollback(actor: Actor, now: number): Promise<{ readonly gone: StoredPack; readonly now: StoredPack | undefined }> {
    const { engine } = this.#database;
    return await this.#database.transaction(async (db) => {
      const done = await withdrawPack(db);
      if (!done) throw new AppError('not-found', 'no pack is applied');
      const { name, version, sha256 } = done.gone;
      await appendAudit(db, engine, {
        at: now,
        actor,
        customerId: null,
        action: 'pack.rollback',
        object: sha256,
        details: { name, version, ...(done.now && { to: done.now.version }) },
      });
      return done;
    });
  }
}

async function* each(advisories: readonly Advisory[]): AsyncGenerator<Advisory> {
  for (const advisory of advisories) yield { ...advisory, fixes: keptFixes(advisory.fixes) };
}

/**
 * Policies of the program, of the site's folder and of packs. A version of a policy that came with any pack stays: incidents are pinned to
 * it. Holidays are those of the pack that counts.
 */
export async function packAdditions(db: Db, contentOf: (text: string) => PolicyAdditions): Promise<readonly PolicyAdditions[]> {
  const additions: PolicyAdditions[] = [];
  for (const { id, state } of (await listPacks(db)).toReversed()) {
    const { policies, holidays } = contentOf(await packText(db, id));
    additions.push({ policies, holidays: state === 'current' ? holidays : [] });
  }
  return additions;
}

/** Policies that change under those who hold them, when another pack counts. */
export class LivePolicies implements Policies {
  #now: Policies;
  readonly #base: Policies;
  #mark = '';

  constructor(base: Policies) {
    this.#base = base;
    this.#now = base;
  }
  get all(): Policies['all'] {
    return this.#now.all;
  }
  get holidays(): Policies['holidays'] {
    return this.#now.holidays;
  }
  readonly find: Policies['find'] = (id, version) => this.#now.find(id, version);

  /**
   * @param contentOf reads a stored document
   * @returns the document that counts when that is another one than before; an empty text for none; otherwise `undefined`
   */
  async refresh(db: Db, contentOf: (text: string) => PolicyAdditions): Promise<string | undefined> {
    const current = await currentPack(db);
    const mark = current === undefined ? '' : `${current.id}`;
    if (mark === this.#mark) return undefined;
    this.#now = policiesWith(this.#base, await packAdditions(db, contentOf));
    this.#mark = mark;
    return current === undefined ? '' : await packText(db, current.id);
  }
}
