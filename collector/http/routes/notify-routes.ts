import { z } from 'zod';
import { requireSeen } from '../../access/visibility.ts';
import { RotaPlan } from '../../notify/rota.ts';
import { RouteRules } from '../../notify/route.ts';
import { TARGET_KINDS } from '../../notify/targets/registry.ts';
import { testTarget } from '../../notify/test-target.ts';
import { NOTIFICATION_STATES } from '../../store/notification-store.ts';
import { userById } from '../../store/user-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { Email, Id, IdParams, line, Time } from '../values.ts';

const Free = z.record(z.string().max(100), z.unknown());
const Target = z.object({
  id: Id,
  customerId: Id.nullable(),
  kind: z.string(),
  name: z.string(),
  config: z.unknown(),
  hasSecrets: z.boolean(),
  enabled: z.boolean(),
  createdAt: Time,
  pausedUntil: Time.optional(),
  failures: z.number().int(),
  workedAt: Time.optional().describe('when it last took a message; absent of one that never did'),
  error: z.object({ failure: z.string(), zh: z.string(), en: z.string(), at: Time }).optional(),
});
const NewTarget = z.strictObject({
  customerId: Id.nullable().default(null).describe("null: the support centre's own"),
  kind: z.enum(TARGET_KINDS),
  name: line(100),
  config: Free,
  secrets: Free.optional().describe('written, never shown'),
});
const TargetChange = z.strictObject({ name: line(100).optional(), config: Free.optional(), secrets: Free.optional(), enabled: z.boolean().optional() });
const TestResult = z.object({
  ok: z.boolean(),
  tookMs: z.number(),
  failure: z.string().optional(),
  externalId: z.string().optional(),
  text: z.object({ zh: z.string(), en: z.string() }),
});
const Route = z.object({ id: Id, customerId: Id.nullable(), targetId: z.string(), rotaId: Id.optional(), rules: z.unknown(), position: z.number() });
const RouteBody = z.strictObject({
  customerId: Id.nullable().default(null),
  targetId: Id,
  rotaId: Id.optional(),
  rules: RouteRules,
  position: z.number().int().min(0).max(100_000).default(0),
});
const Rota = z.object({ id: Id, name: z.string(), plan: z.unknown() });
const RotaBody = z.strictObject({ name: line(100), plan: RotaPlan });
const Notification = z.object({
  id: z.number().int(),
  targetId: Id,
  incidentId: Id.optional(),
  topic: z.string(),
  recipient: z.string().optional(),
  state: z.enum(NOTIFICATION_STATES),
  attempts: z.number().int(),
  createdAt: Time,
  nextAt: Time,
  sentAt: Time.optional(),
  error: z.string().optional(),
});

export function notifyRoutes(api: Api, deps: AppDeps): void {
  targetRoutes(api, deps);
  routeRoutes(api, deps);
  rotaRoutes(api, deps);
  notificationRoutes(api, deps);
}

function targetRoutes(api: Api, { database, targets, allowedNetworks }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/targets', id: 'listTargets', summary: 'Where notifications go', permission: 'target.read', answer: z.object({ items: z.array(Target) }) },
    async ({ visibility }) => ({ items: [...(await targets.list(visibility))] }),
  );
  addEndpoint(
    api,
    { method: 'POST', path: '/api/v1/targets', id: 'createTarget', summary: 'A new target', permission: 'target.write', body: NewTarget, answer: Target, status: 201 },
    async ({ visibility, caller, body, now }) => {
      requireSeen(visibility, body.customerId, 'customer');
      return await targets.create({ ...body, config: { ...body.config, kind: body.kind } }, caller.actor, now);
    },
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/targets/:id', id: 'getTarget', summary: 'A target, without its secrets', permission: 'target.read', params: IdParams, answer: Target },
    async ({ visibility, params }) => await targets.get(params.id, visibility),
  );
  addEndpoint(
    api,
    {
      method: 'PATCH',
      path: '/api/v1/targets/:id',
      id: 'changeTarget',
      summary: 'Change a target',
      permission: 'target.write',
      params: IdParams,
      body: TargetChange,
      answer: Target,
    },
    async ({ visibility, caller, params, body, now }) => {
      const { kind } = await targets.get(params.id, visibility);
      return await targets.update(params.id, { ...body, ...(body.config && { config: { ...body.config, kind } }) }, visibility, caller.actor, now);
    },
  );
  addEndpoint(
    api,
    { method: 'DELETE', path: '/api/v1/targets/:id', id: 'removeTarget', summary: 'Remove a target and its routes', permission: 'target.write', params: IdParams },
    async ({ visibility, caller, params, now }) => await targets.remove(params.id, visibility, caller.actor, now),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/targets/:id/test',
      id: 'testTarget',
      summary: "Send a harmless message now; mail to the recipient, else the target's own, else who asks",
      permission: 'target.write',
      params: IdParams,
      body: z.strictObject({ recipient: Email.optional() }).optional(),
      answer: TestResult,
      limit: { perMinute: 10 },
    },
    async ({ visibility, caller, params, body, now }) => {
      const { id } = await targets.get(params.id, visibility);
      const { target, secrets } = await targets.open(id);
      const asker = (await userById(database.db, caller.actor.id ?? ''))?.email;
      const result = await testTarget({ ...target, secrets }, { now, recipient: body?.recipient, asker, allowedNetworks });
      await targets.noteTest(id, result, now);
      return result;
    },
  );
}

function routeRoutes(api: Api, { routes }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/routes', id: 'listRoutes', summary: 'Who is told what, where', permission: 'target.read', answer: z.object({ items: z.array(Route) }) },
    async ({ visibility }) => ({ items: [...(await routes.list(visibility))] }),
  );
  addEndpoint(
    api,
    { method: 'POST', path: '/api/v1/routes', id: 'createRoute', summary: 'A new route', permission: 'target.write', body: RouteBody, answer: Route, status: 201 },
    async ({ visibility, caller, body, now }) => {
      requireSeen(visibility, body.customerId, 'customer');
      return await routes.save(body, visibility, caller.actor, now);
    },
  );
  addEndpoint(
    api,
    { method: 'PUT', path: '/api/v1/routes/:id', id: 'replaceRoute', summary: 'Replace a route', permission: 'target.write', params: IdParams, body: RouteBody, answer: Route },
    async ({ visibility, caller, params, body, now }) => {
      requireSeen(visibility, body.customerId, 'customer');
      return await routes.save({ ...body, id: params.id }, visibility, caller.actor, now);
    },
  );
  addEndpoint(
    api,
    { method: 'DELETE', path: '/api/v1/routes/:id', id: 'removeRoute', summary: 'Remove a route', permission: 'target.write', params: IdParams },
    async ({ visibility, caller, params, now }) => await routes.remove(params.id, visibility, caller.actor, now),
  );
}

function rotaRoutes(api: Api, { rotas }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/rotas', id: 'listRotas', summary: 'On-call rotas', permission: 'rota.read', answer: z.object({ items: z.array(Rota) }) },
    async () => ({ items: [...(await rotas.list())] }),
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/rotas/:id', id: 'getRota', summary: 'A rota', permission: 'rota.read', params: IdParams, answer: Rota },
    async ({ params }) => await rotas.get(params.id),
  );
  addEndpoint(
    api,
    { method: 'POST', path: '/api/v1/rotas', id: 'createRota', summary: 'A new rota', permission: 'rota.write', body: RotaBody, answer: Rota, status: 201 },
    async ({ caller, body, now }) => await rotas.save(body, caller.actor, now),
  );
  addEndpoint(
    api,
    { method: 'PUT', path: '/api/v1/rotas/:id', id: 'replaceRota', summary: 'Replace a rota', permission: 'rota.write', params: IdParams, body: RotaBody, answer: Rota },
    async ({ caller, params, body, now }) => await rotas.save({ ...body, id: params.id }, caller.actor, now),
  );
  addEndpoint(
    api,
    { method: 'DELETE', path: '/api/v1/rotas/:id', id: 'removeRota', summary: 'Remove a rota that no route uses', permission: 'rota.write', params: IdParams },
    async ({ caller, params, now }) => await rotas.remove(params.id, caller.actor, now),
  );
}

function notificationRoutes(api: Api, { notifications }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/notifications',
      id: 'listNotifications',
      summary: 'What was sent, waits, or was given up; newest first',
      permission: 'target.read',
      query: z.strictObject({ ...PageQuery, incident: Id.optional(), target: Id.optional(), state: z.enum(NOTIFICATION_STATES).optional() }),
      answer: pageOf(Notification),
    },
    async ({ visibility, query: { cursor, limit, incident, target, state } }) => {
      const before = decodeCursor(cursor, z.tuple([z.number().int()]))?.[0];
      const found = await notifications.list(visibility, { incidentId: incident, targetId: target, state, before, limit: limit + 1 });
      return toPage(
        found,
        limit,
        ({ message, ...one }) => ({ ...one, topic: message.topic, recipient: message.recipient }),
        ({ id }) => [id],
      );
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/notifications/:id/revive',
      id: 'reviveNotification',
      summary: 'Send one again that was given up',
      permission: 'system.read',
      params: z.strictObject({ id: z.coerce.number().int().min(1) }),
    },
    async ({ caller, params, now }) => await notifications.revive(params.id, caller.actor, now),
  );
}
