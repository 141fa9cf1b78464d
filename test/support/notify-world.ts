/** An outbox with a worker on a database, its clock in the test's hand. */
import { Registry } from 'prom-client';
import type { IncidentChange } from '../../collector/notify/change.ts';
import { notifyMetrics } from '../../collector/notify/metrics.ts';
import { plan } from '../../collector/notify/plan.ts';
import { SecretBox } from '../../collector/notify/secret-box.ts';
import { NotificationWorker, type WorkerOptions } from '../../collector/notify/worker.ts';
import type { Database } from '../../collector/store/database.ts';
import { NotificationStore } from '../../collector/store/notification-store.ts';
import { RotaStore } from '../../collector/store/rota-store.ts';
import { type NewRoute, RouteStore } from '../../collector/store/route-store.ts';
import { type NewTarget, type Target, TargetStore } from '../../collector/store/target-store.ts';
import { MONDAY } from './incident-change.ts';

export const OPERATOR = { kind: 'user', id: 'u1', name: 'Operator' } as const;
export const BOX = new SecretBox([new Uint8Array(32).fill(7)]);

export interface NotifyWorld {
  readonly targets: TargetStore;
  readonly routes: RouteStore;
  readonly rotas: RotaStore;
  readonly outbox: NotificationStore;
  readonly registry: Registry;
  now: number;
  worker(options?: Partial<WorkerOptions>): NotificationWorker;
  /** A target with one route to it. */
  target(target: Omit<NewTarget, 'customerId' | 'name'> & { readonly customerId?: string | null }, rules?: unknown, route?: Partial<NewRoute>): Promise<Target>;
  plan(change: IncidentChange): Promise<number>;
  /** Turns of a worker until nothing is left to do now. */
  drain(worker?: NotificationWorker): Promise<void>;
  states(): Promise<readonly string[]>;
}

export function notifyWorld(database: Database): NotifyWorld {
  const registry = new Registry();
  const metrics = notifyMetrics(registry);
  const targets = new TargetStore(database, BOX);
  const routes = new RouteStore(database);
  const outbox = new NotificationStore(database);
  const world: NotifyWorld = {
    targets,
    routes,
    rotas: new RotaStore(database),
    outbox,
    registry,
    now: MONDAY,
    worker: (options = {}) =>
      new NotificationWorker({
        database,
        targets,
        metrics,
        now: () => world.now,
        random: () => 0.5,
        log: { warn: () => undefined, error: () => undefined },
        deadlineMs: 5_000,
        ...options,
      }),
    async target({ customerId = null, ...target }, rules = { audiences: ['customer', 'support', 'assignee', 'duty-manager'] }, route = {}) {
      const made = await targets.create({ customerId, name: `${target.kind} ${Math.random()}`, ...target }, OPERATOR, world.now);
      await routes.save({ customerId, targetId: made.id, rules, ...route }, 'all', OPERATOR, world.now);
      return made;
    },
    plan: (change) => database.transaction((db) => plan(db, change, world.now, { onRotaGap: (because) => metrics.rotaGap(because), onUnrouted: () => metrics.unrouted() })),
    async drain(worker = world.worker()) {
      for (let turn = 0; turn < 200; turn += 1) if ((await worker.runOnce()) === 0) return;
      throw new Error('the outbox does not become empty');
    },
    states: async () => (await outbox.list('all', { limit: 500 })).toReversed().map(({ message, state }) => `${message.topic} ${state}`),
  };
  return world;
}

/** Every test begins without targets and messages. */
export async function emptyOutbox({ db }: Database): Promise<void> {
  for (const table of ['notifications', 'routes', 'rotas', 'targets', 'incidents'] as const) await db.deleteFrom(table).execute();
}
