import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireAssignee } from '../../access/assignees.ts';
import { requirePermission } from '../../access/command-rights.ts';
import { may } from '../../access/permissions.ts';
import type { Principal } from '../../access/principal.ts';
import { requireSeen } from '../../access/visibility.ts';
import { AppError, notFound } from '../../errors.ts';
import { titledRules } from '../../incident-search.ts';
import { STATES } from '../../incidents/incident.ts';
import { CommandSchema, OpenRequest } from '../../incidents/requests.ts';
import { listMembers } from '../../store/member-store.ts';
import { setSubscription } from '../../store/notification-store.ts';
import { userById } from '../../store/user-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint, personOf } from '../endpoint.ts';
import { Event, ExplanationView, eventView, explanationView, IncidentSummary, IncidentView, incidentView, Member } from '../incident-views.ts';
import { decodeCursor, PageQuery, pageOf, pageView, toPage } from '../paging.ts';
import { Id, IdParams, line, TimeQuery } from '../values.ts';

const many = <T extends z.ZodType>(item: T) => z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1).max(20));
const Query = z.strictObject({
  ...PageQuery,
  order: z.enum(['newest', 'due', 'worst', 'urgent']).default('newest'),
  state: many(z.enum(STATES)).optional().describe('several separated by commas'),
  level: many(z.coerce.number().int().min(1).max(5)).optional(),
  kind: z.enum(['incident', 'problem']).optional(),
  customer: Id.optional(),
  cluster: Id.optional(),
  assignee: Id.optional(),
  dueBefore: TimeQuery.optional(),
  openedFrom: TimeQuery.optional(),
  openedBefore: TimeQuery.optional(),
  breached: z.stringbool().optional(),
  active: z.stringbool().optional(),
  unacknowledged: z.stringbool().optional(),
  search: line(200).optional(),
});
/** The people's words for an assignment: who it is; the name is looked up. */
const CommandBody = z.strictObject({
  command: z.union([z.strictObject({ kind: z.literal('assign'), to: Id }), CommandSchema]),
  expectedVersion: z.number().int().min(1).optional().describe('or as If-Match: the version that was seen'),
  commandId: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .optional()
    .describe('or as Idempotency-Key: the same command again changes nothing'),
});
const Done = z.object({ id: Id, version: z.number().int(), state: z.enum(STATES) });

export function incidentRoutes(api: Api, deps: AppDeps): void {
  readRoutes(api, deps);
  writeRoutes(api, deps);
}

function readRoutes(api: Api, { incidents, database, checkTexts }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/incidents',
      id: 'listIncidents',
      summary: 'Incidents, newest, soonest due or worst first',
      permission: 'incident.read',
      query: Query,
      answer: pageOf(IncidentSummary),
    },
    async ({ visibility, query, now }) => {
      const { cursor, limit, order, state, level, customer, cluster, ...rest } = query;
      const filter = { ...rest, states: state, levels: level as (1 | 2 | 3 | 4 | 5)[] | undefined, customerId: customer, clusterId: cluster };
      const titled = await titledRules(database.db, checkTexts, visibility, query.search);
      return pageView(await incidents.list(visibility, { ...filter, titled }, { now, order, cursor, limit }), (one) => one);
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/incidents/:id',
      id: 'getIncident',
      summary: 'An incident with its clocks; by id or number',
      permission: 'incident.read',
      params: IdParams,
      answer: IncidentView,
    },
    async ({ visibility, params, principal, now, reply }) => {
      const detail = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: may(principal, 'incident.internal') });
      reply.header('etag', `"${detail.summary.version}"`);
      return incidentView(detail);
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/incidents/:id/events',
      id: 'listIncidentEvents',
      summary: 'What happened, oldest first',
      permission: 'incident.read',
      params: IdParams,
      query: z.strictObject(PageQuery),
      answer: pageOf(Event),
    },
    async ({ visibility, params, query, principal, now }) => {
      const after = decodeCursor(query.cursor, z.tuple([z.number().int()]))?.[0] ?? 0;
      const { events } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: may(principal, 'incident.internal') });
      return toPage(
        events.filter(({ version }) => version > after),
        query.limit,
        eventView,
        ({ version }) => [version],
      );
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/incidents/:id/clocks',
      id: 'explainIncident',
      summary: 'Why each due time is what it is, and what happens next',
      permission: 'incident.read',
      params: IdParams,
      answer: ExplanationView,
    },
    async ({ visibility, params, principal, now }) => {
      const { summary } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: false });
      return explanationView(await incidents.explain(visibility, summary.id, now, may(principal, 'incident.internal')));
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/incidents/:id/members',
      id: 'listIncidentMembers',
      summary: 'What a group consists of',
      permission: 'incident.read',
      params: IdParams,
      query: z.strictObject(PageQuery),
      answer: pageOf(Member),
    },
    async ({ visibility, params, query: { cursor, limit }, now }) => {
      const { summary } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: false });
      const after = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
      return toPage(
        await listMembers(database.db, summary.id, { ...(after !== undefined && { after }), limit: limit + 1 }),
        limit,
        (one) => one,
        ({ key }) => [key],
      );
    },
  );
}

function writeRoutes(api: Api, { incidents, fleet, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/incidents',
      id: 'openIncident',
      summary: 'Open an incident; the same external id again is the same incident',
      permission: 'incident.create',
      body: OpenRequest,
      answer: Done,
      status: 201,
    },
    async ({ caller, principal, visibility, body, now, reply }) => {
      requireSeen(visibility, body.customerId, 'customer');
      if (body.clusterId !== null && (await fleet.cluster(visibility, body.clusterId)).customerId !== body.customerId) throw notFound('cluster');
      requireOwnCluster(principal, body);
      const { file, isNew } = await incidents.open(body, caller.actor, now);
      if (!isNew) reply.code(200);
      return doneView(file);
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/incidents/:id/commands',
      id: 'commandIncident',
      summary: 'Do something to an incident',
      permission: 'incident.answer',
      params: IdParams,
      body: CommandBody,
      answer: Done,
    },
    async ({ caller, principal, visibility, params, body, request, now }) => {
      requirePermission(principal, body.command);
      const { summary } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: false });
      const command = body.command.kind === 'assign' ? { ...body.command, name: (await requireAssignee(database.db, body.command.to, summary.customerId)).name } : body.command;
      return doneView(await incidents.command({ ...caller, incidentId: summary.id, command, ...headersOf(request, body) }, now));
    },
  );
  for (const [method, wants] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const)
    addEndpoint(
      api,
      {
        method,
        path: '/api/v1/incidents/:id/subscription',
        id: wants ? 'subscribe' : 'unsubscribe',
        summary: wants ? 'Every update by e-mail to me' : 'No more updates',
        permission: 'incident.read',
        params: IdParams,
      },
      async ({ visibility, params, principal, now }) => {
        const { summary } = await incidents.detail(visibility, idOrNumber(params.id), { now, internal: false });
        const email = (await userById(database.db, personOf(principal).userId))?.email;
        if (!email) throw new AppError('conflict', 'the account has no e-mail address');
        await setSubscription(database.db, summary.id, email, wants);
      },
    );
}

/** People choose a level by the contract's definitions (当客户发起 1 级事件时); an integration names a severity, of its own cluster only. */
function requireOwnCluster(principal: Principal, { level, clusterId }: z.output<typeof OpenRequest>): void {
  if (principal.kind === 'integration' && clusterId !== principal.clusterId) throw notFound('cluster');
  if (level !== undefined && principal.kind === 'integration') throw new AppError('forbidden', 'people choose the level: name the severity', { details: { field: 'level' } });
}
function idOrNumber(text: string): string | number {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
function doneView({ incident }: { readonly incident: { readonly id: string; readonly version: number; readonly state: (typeof STATES)[number] } }): z.input<typeof Done> {
  return { id: incident.id, version: incident.version, state: incident.state };
}
/** Both ways to say it; the body's word counts. */
function headersOf(
  { headers }: FastifyRequest,
  { expectedVersion, commandId }: z.output<typeof CommandBody>,
): { expectedVersion: number | undefined; commandId: string | undefined } {
  const match = headers['if-match'];
  const key = headers['idempotency-key'];
  if (match !== undefined && match !== '*' && !/^(?:W\/)?"\d{1,9}"$/.test(match)) throw new AppError('invalid', 'If-Match is the ETag of the incident, its version in quotes');
  if (typeof key === 'string' && !/^[\w.:-]{1,100}$/.test(key)) throw new AppError('invalid', 'Idempotency-Key: 1 to 100 of letters, digits, . _ : -');
  return {
    expectedVersion: expectedVersion ?? (match === undefined || match === '*' ? undefined : Number(match.replace(/\D/g, ''))),
    commandId: commandId ?? (typeof key === 'string' ? key : undefined),
  };
}
