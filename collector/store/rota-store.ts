/** On-call rotas. A plan that would leave an hour without anybody is not taken. */
import { randomUUID } from 'node:crypto';
import { AppError, notFound } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import { lintRota, RotaPlan } from '../notify/rota.ts';
import { appendAudit } from './audit-store.ts';
import type { Database } from './database.ts';
import type { Row } from './tables.ts';

export interface Rota {
  readonly id: string;
  readonly name: string;
  readonly plan: RotaPlan;
}

export class RotaStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Creates, or replaces the one with this id. @throws AppError `invalid` with what is wrong with the plan */
  async save(rota: { readonly id?: string | undefined; readonly name: string; readonly plan: unknown }, actor: Actor, now: number): Promise<Rota> {
    const parsed = RotaPlan.safeParse(rota.plan);
    if (!parsed.success) throw new AppError('invalid', `the rota is not complete: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
    const errors = lintRota(parsed.data, now).filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
      throw new AppError('invalid', `the rota cannot be used: ${errors.map(({ text }) => text.en).join('; ')}`, { details: { problems: errors.map(({ text }) => text) } });
    const name = rota.name.trim();
    if (name === '' || name.length > 100) throw new AppError('invalid', 'a rota needs a name of 1 to 100 characters');
    const id = rota.id ?? randomUUID();
    await this.#database.transaction(async (db) => {
      const plan = JSON.stringify(parsed.data);
      const changed = rota.id === undefined ? undefined : await db.updateTable('rotas').set({ name, plan }).where('id', '=', id).executeTakeFirst();
      if (changed && changed.numUpdatedRows === 0n) throw notFound('rota');
      if (!changed) await db.insertInto('rotas').values({ id, name, plan }).execute();
      await appendAudit(db, this.#database.engine, { at: now, actor, customerId: null, action: changed ? 'rota.update' : 'rota.create', object: id, details: { name } });
    });
    return { id, name, plan: parsed.data };
  }

  async list(): Promise<readonly Rota[]> {
    return (await this.#database.db.selectFrom('rotas').selectAll().orderBy('name').limit(500).execute()).map(toRota);
  }
  async get(id: string): Promise<Rota> {
    const row = await this.#database.db.selectFrom('rotas').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound('rota');
    return toRota(row);
  }
  /** @throws AppError `conflict` while a route uses it */
  async remove(id: string, actor: Actor, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      if (await db.selectFrom('routes').select('id').where('rota_id', '=', id).executeTakeFirst())
        throw new AppError('conflict', 'a route still uses this rota: change the route first');
      const { numDeletedRows } = await db.deleteFrom('rotas').where('id', '=', id).executeTakeFirst();
      if (numDeletedRows === 0n) throw notFound('rota');
      await appendAudit(db, this.#database.engine, { at: now, actor, customerId: null, action: 'rota.remove', object: id });
    });
  }
}

function toRota({ id, name, plan }: Row<'rotas'>): Rota {
  return { id, name, plan: RotaPlan.parse(JSON.parse(plan)) };
}
