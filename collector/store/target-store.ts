/** Where notifications go. Secrets are sealed before they reach the database and are opened for sending only. */
import { randomUUID } from 'node:crypto';
import { sees, type Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import type { SecretBox } from '../notify/secret-box.ts';
import { checkTarget } from '../notify/targets/registry.ts';
import { appendAudit } from './audit-store.ts';
import type { Database, Db } from './database.ts';
import { shortError } from './short-error.ts';
import type { Row } from './tables.ts';

export interface Target {
  readonly id: string;
  /** Whose it is; null: the support centre's own. */
  readonly customerId: string | null;
  readonly kind: string;
  readonly name: string;
  /** Without secrets. */
  readonly config: unknown;
  readonly hasSecrets: boolean;
  readonly enabled: boolean;
  readonly createdAt: number;
  /** Nothing is sent before. */
  readonly pausedUntil?: number | undefined;
  readonly failures: number;
  /** When it last took a message; absent of one that was never tried with success. */
  readonly workedAt?: number | undefined;
  /** Newest failure; absent while it works. */
  readonly error?: { readonly failure: string; readonly zh: string; readonly en: string; readonly at: number } | undefined;
}
export interface NewTarget {
  readonly customerId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly config: unknown;
  readonly secrets?: unknown;
}
/** `secrets` left out: they stay as they are. */
export interface TargetPatch {
  readonly name?: string | undefined;
  readonly config?: unknown;
  readonly secrets?: unknown;
  readonly enabled?: boolean | undefined;
}

const LONGEST_NAME = 100;

export class TargetStore {
  readonly #database: Database;
  readonly #box: SecretBox;
  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  /** @throws AppError `invalid` with every fault of the configuration */
  async create(target: NewTarget, actor: Actor, now: number): Promise<Target> {
    const { config, secrets } = checkTarget(target.kind, target.config, target.secrets);
    const id = randomUUID();
    return await this.#database.transaction(async (db) => {
      await db
        .insertInto('targets')
        .values({
          id,
          customer_id: target.customerId,
          kind: target.kind,
          name: nameOf(target.name),
          config: JSON.stringify(config),
          secrets: this.#box.seal(secrets, id),
          enabled: 1,
          created_at: now,
        })
        .execute();
      await this.#audit(db, 'target.create', id, target.customerId, actor, now, { kind: target.kind, name: target.name });
      return await this.#find(db, id, 'all');
    });
  }

  async update(id: string, patch: TargetPatch, visibility: Visibility, actor: Actor, now: number): Promise<Target> {
    return await this.#database.transaction(async (db) => {
      const row = await rowOf(db, id, visibility);
      const { config, secrets } = checkTarget(row.kind, patch.config ?? JSON.parse(row.config), patch.secrets ?? this.#secretsOf(row));
      const changed = {
        name: nameOf(patch.name ?? row.name),
        config: JSON.stringify(config),
        secrets: this.#box.seal(secrets, id),
        enabled: (patch.enabled ?? row.enabled === 1) ? 1 : 0,
      };
      // Whoever repairs a target wants to see at once whether it works.
      await db
        .updateTable('targets')
        .set({ ...changed, paused_until: null, failures: 0 })
        .where('id', '=', id)
        .execute();
      const what = (['name', 'config', 'secrets', 'enabled'] as const).filter((key) => patch[key] !== undefined);
      await this.#audit(db, 'target.update', id, row.customer_id, actor, now, { changed: what, ...(patch.enabled !== undefined && { enabled: patch.enabled }) });
      return await this.#find(db, id, 'all');
    });
  }

  /** What a test by hand showed. It does not pause the target: the outbox finds out for itself. */
  async noteTest(
    id: string,
    result: { readonly ok: true } | { readonly ok: false; readonly failure: string; readonly text: { readonly zh: string; readonly en: string } },
    now: number,
  ): Promise<void> {
    const seen = result.ok
      ? { worked_at: now, error: null, failures: 0, paused_until: null }
      : { error: JSON.stringify({ failure: result.failure, zh: shortError(result.text.zh), en: shortError(result.text.en), at: now }) };
    await this.#database.db.updateTable('targets').set(seen).where('id', '=', id).execute();
  }

  /** Its routes go, its secrets are erased; its row stays, since messages name it. Messages that wait are given up. */
  async remove(id: string, visibility: Visibility, actor: Actor, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      const row = await rowOf(db, id, visibility);
      await db.deleteFrom('routes').where('target_id', '=', id).execute();
      await db
        .updateTable('notifications')
        .set({ state: 'dead', error: 'the target was removed', repeat_at: null })
        .where('target_id', '=', id)
        .where('state', '=', 'pending')
        .execute();
      await db.updateTable('notifications').set({ repeat_at: null }).where('target_id', '=', id).where('repeat_at', 'is not', null).execute();
      await db
        .updateTable('targets')
        .set({ enabled: 0, secrets: null, name: `${row.name} †` })
        .where('id', '=', id)
        .execute();
      await this.#audit(db, 'target.remove', id, row.customer_id, actor, now, {});
    });
  }

  async list(visibility: Visibility): Promise<readonly Target[]> {
    let query = this.#database.db
      .selectFrom('targets')
      .selectAll()
      .where((where) => where.or([where('enabled', '=', 1), where('secrets', 'is not', null)]))
      .orderBy('created_at')
      .limit(1_000);
    if (visibility !== 'all') query = query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
    return (await query.execute()).map(toTarget);
  }
  /** @throws AppError `not-found` */
  async get(id: string, visibility: Visibility): Promise<Target> {
    return await this.#find(this.#database.db, id, visibility);
  }

  /** With secrets, to send. @throws AppError when they cannot be opened */
  async open(id: string): Promise<{ readonly target: Target; readonly secrets: unknown }> {
    const row = await rowOf(this.#database.db, id, 'all');
    return { target: toTarget(row), secrets: this.#secretsOf(row) };
  }

  /** How many targets in use have secrets that this collector's key does not open: several collectors share one key file. */
  async sealedElsewhere(): Promise<number> {
    const rows = await this.#database.db.selectFrom('targets').selectAll().where('enabled', '=', 1).where('secrets', 'is not', null).limit(1_000).execute();
    return rows.filter((row) => {
      try {
        this.#secretsOf(row);
        return false;
      } catch {
        return true;
      }
    }).length;
  }

  #secretsOf({ id, secrets }: Row<'targets'>): unknown {
    return secrets === null ? {} : this.#box.open(secrets, id);
  }
  async #find(db: Db, id: string, visibility: Visibility): Promise<Target> {
    return toTarget(await rowOf(db, id, visibility));
  }
  async #audit(db: Db, action: string, object: string, customerId: string | null, actor: Actor, at: number, details: Record<string, unknown>): Promise<void> {
    await appendAudit(db, this.#database.engine, { at, actor, customerId, action, object, details });
  }
}

async function rowOf(db: Db, id: string, visibility: Visibility): Promise<Row<'targets'>> {
  const row = await db.selectFrom('targets').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !sees(visibility, row.customer_id)) throw notFound('target');
  return row;
}
function nameOf(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > LONGEST_NAME) throw new AppError('invalid', `a target needs a name of 1 to ${LONGEST_NAME} characters`);
  return trimmed;
}
export function toTarget({ id, customer_id, kind, name, config, secrets, enabled, created_at, paused_until, failures, error, worked_at }: Row<'targets'>): Target {
  return {
    id,
    customerId: customer_id,
    kind,
    name,
    config: JSON.parse(config),
    hasSecrets: secrets !== null,
    enabled: enabled === 1,
    createdAt: created_at,
    ...(paused_until !== null && { pausedUntil: paused_until }),
    failures,
    ...(worked_at !== null && { workedAt: worked_at }),
    ...(error !== null && { error: JSON.parse(error) as NonNullable<Target['error']> }), // written by the outbox only
  };
}

/** Ids of the mail targets that are switched on: the customer's own first, then the support centre's. */
export async function mailTargets(db: Db, customerId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('targets')
    .select(['id', 'customer_id', 'created_at'])
    .where('kind', '=', 'email')
    .where('enabled', '=', 1)
    .where((eb) => eb.or([eb('customer_id', '=', customerId), eb('customer_id', 'is', null)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return [...rows.filter(({ customer_id }) => customer_id !== null), ...rows.filter(({ customer_id }) => customer_id === null)].map(({ id }) => id);
}
