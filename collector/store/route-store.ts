/** Which target is told what, for whom. */
import { randomUUID } from 'node:crypto';
import { sees, type Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import { RotaPlan } from '../notify/rota.ts';
import { RouteRules } from '../notify/route.ts';
import { appendAudit } from './audit-store.ts';
import type { Database, Db } from './database.ts';
import type { Row } from './tables.ts';
import { type Target, toTarget } from './target-store.ts';

export interface Route {
  readonly id: string;
  /** Null: of every customer. */
  readonly customerId: string | null;
  readonly targetId: string;
  /** Whom to call beside the target's own recipients. */
  readonly rotaId?: string | undefined;
  readonly rules: RouteRules;
  readonly position: number;
}
export interface NewRoute {
  readonly id?: string | undefined;
  readonly customerId: string | null;
  readonly targetId: string;
  readonly rotaId?: string | undefined;
  readonly rules: unknown;
  readonly position?: number | undefined;
}
/** A route with what it leads to. */
export interface LiveRoute {
  readonly route: Route;
  readonly target: Target;
  readonly rota?: RotaPlan | undefined;
}

export class RouteStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Creates, or replaces the one with this id. @throws AppError `invalid`, `not-found` */
  async save(route: NewRoute, visibility: Visibility, actor: Actor, now: number): Promise<Route> {
    const rules = RouteRules.safeParse(route.rules);
    if (!rules.success) throw new AppError('invalid', `the route is not complete: ${rules.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
    if (!sees(visibility, route.customerId)) throw new AppError('forbidden', "a route for all customers is the support centre's business");
    const id = route.id ?? randomUUID();
    return await this.#database.transaction(async (db) => {
      const target = await db.selectFrom('targets').select(['customer_id', 'enabled']).where('id', '=', route.targetId).executeTakeFirst();
      if (!target || !sees(visibility, target.customer_id)) throw notFound('target');
      if (target.customer_id !== null && target.customer_id !== route.customerId) throw new AppError('invalid', "a customer's target gets that customer's incidents only");
      if (route.rotaId !== undefined && !(await db.selectFrom('rotas').select('id').where('id', '=', route.rotaId).executeTakeFirst())) throw notFound('rota');
      const values = { customer_id: route.customerId, target_id: route.targetId, rota_id: route.rotaId ?? null, rules: JSON.stringify(rules.data), position: route.position ?? 0 };
      if (route.id !== undefined) await rowOf(db, route.id, visibility);
      if (route.id === undefined)
        await db
          .insertInto('routes')
          .values({ id, ...values })
          .execute();
      else await db.updateTable('routes').set(values).where('id', '=', id).execute();
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor,
        customerId: route.customerId,
        action: route.id === undefined ? 'route.create' : 'route.update',
        object: id,
        details: { target: route.targetId, audiences: rules.data.audiences },
      });
      return toRoute({ id, ...values });
    });
  }

  async list(visibility: Visibility): Promise<readonly Route[]> {
    let query = this.#database.db.selectFrom('routes').selectAll().orderBy('position').orderBy('id').limit(2_000);
    if (visibility !== 'all') query = query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
    return (await query.execute()).map(toRoute);
  }
  async remove(id: string, visibility: Visibility, actor: Actor, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      const row = await rowOf(db, id, visibility);
      await db.deleteFrom('routes').where('id', '=', id).execute();
      await appendAudit(db, this.#database.engine, { at: now, actor, customerId: row.customer_id, action: 'route.remove', object: id });
    });
  }
}

/** Routes that concern a customer's incidents and lead to targets that are switched on, in order. */
export async function liveRoutes(db: Db, customerId: string): Promise<readonly LiveRoute[]> {
  const routes = await db
    .selectFrom('routes')
    .selectAll()
    .where((where) => where.or([where('customer_id', 'is', null), where('customer_id', '=', customerId)]))
    .orderBy('position')
    .orderBy('id')
    .execute();
  if (routes.length === 0) return [];
  const targetIds = [...new Set(routes.flatMap(({ target_id }) => (target_id === null ? [] : [target_id])))];
  const rotaIds = [...new Set(routes.flatMap(({ rota_id }) => (rota_id === null ? [] : [rota_id])))];
  if (targetIds.length === 0) return [];
  const targets = new Map((await db.selectFrom('targets').selectAll().where('id', 'in', targetIds).where('enabled', '=', 1).execute()).map((row) => [row.id, toTarget(row)]));
  const rotas = new Map<string, RotaPlan>();
  for (const { id, plan } of rotaIds.length === 0 ? [] : await db.selectFrom('rotas').selectAll().where('id', 'in', rotaIds).execute()) {
    const known = RotaPlan.safeParse(JSON.parse(plan));
    if (known.success) rotas.set(id, known.data);
  }
  return routes.flatMap((row) => {
    const target = targets.get(row.target_id ?? '');
    const rules = RouteRules.safeParse(JSON.parse(row.rules));
    // Rules of a newer program are skipped, not guessed at: an incident must not fail for a route.
    if (!target || !rules.success) return [];
    // Belt and braces: a customer's target never hears of another customer, whatever the route says.
    if (target.customerId !== null && target.customerId !== customerId) return [];
    return [{ route: { ...plainRoute(row), rules: rules.data }, target, rota: row.rota_id === null ? undefined : rotas.get(row.rota_id) }];
  });
}

async function rowOf(db: Db, id: string, visibility: Visibility): Promise<Row<'routes'>> {
  const row = await db.selectFrom('routes').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !sees(visibility, row.customer_id)) throw notFound('route');
  return row;
}
function toRoute(row: Row<'routes'>): Route {
  return { ...plainRoute(row), rules: RouteRules.parse(JSON.parse(row.rules)) };
}
function plainRoute({ id, customer_id, target_id, rota_id, position }: Row<'routes'>): Omit<Route, 'rules'> {
  return { id, customerId: customer_id, targetId: target_id ?? '', ...(rota_id !== null && { rotaId: rota_id }), position };
}
