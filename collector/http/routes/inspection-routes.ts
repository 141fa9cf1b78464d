import { z } from 'zod';
import { HOLDS, LEAVING } from '../../../agent/wire/leaves.ts';
import { GROUPS, SEVERITIES } from '../../../agent/wire/vocabulary.ts';
import { notFound } from '../../errors.ts';
import { listAgents, retireAgent } from '../../fleet/agents.ts';
import type { InspectionProgress } from '../../fleet/inspect-now.ts';
import { listFindings } from '../../store/finding-store.ts';
import { REQUEST_STAGES } from '../../store/inspection-request-store.ts';
import { listQuarantine } from '../../store/quarantine-store.ts';
import { listSeries, readSeries } from '../../store/rollup-store.ts';
import { listSnapshots, newestSnapshots, readSnapshot } from '../../store/snapshot-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { Id, IdParams, Time, TimeQuery } from '../values.ts';

const Agent = z.object({
  clusterId: Id,
  agent: z.string(),
  role: z.string(),
  node: z.string().nullable(),
  version: z.string(),
  firstSeenAt: Time,
  lastSeenAt: Time,
  heartbeatSeconds: z.number().nullable(),
  lastHeartbeatAt: Time.nullable(),
  lastInspectionAt: Time.nullable(),
  outbox: z.object({ items: z.number(), bytes: z.number(), oldestAgeSeconds: z.number(), dropped: z.record(z.string(), z.number()) }).nullable(),
  skewMs: z.number().nullable(),
  silentSince: Time.nullable(),
  retiredAt: Time.nullable(),
  leaves: z
    .object({ level: z.enum(LEAVING), hold: z.enum(HOLDS), optOut: z.array(z.enum(GROUPS)).readonly() })
    .nullable()
    .describe('what its site lets leave, as it says itself; null: it does not say'),
  leavesSince: Time.nullable(),
});
export const Scope = z.object({ kind: z.string(), node: z.string().optional(), namespace: z.string().optional(), name: z.string() });
export const Observed = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const Finding = z.object({
  clusterId: Id,
  identity: z.string(),
  check: z.string(),
  area: z.string(),
  severity: z.enum(SEVERITIES),
  scope: Scope,
  observed: z.unknown().optional(),
  threshold: z.unknown().optional(),
  unit: z.string(),
  askedBy: z.array(z.string()).optional().describe('roles of the machine that ask for it'),
  agent: z.string(),
  firstSeenAt: Time,
  lastSeenAt: Time,
  goneAt: Time.nullable(),
  unknownSince: Time.nullable().describe('since when the check cannot answer: neither there nor gone'),
});
const Snapshot = z.object({
  id: Id,
  clusterId: Id,
  agent: z.string(),
  role: z.string(),
  takenAt: Time,
  receivedAt: Time,
  sha256: z.string(),
  score: z.number().nullable(),
  coverage: z.number().nullable(),
  bytes: z.number().int(),
});
const Progress = z.object({
  request: z.object({ requestedAt: Time, expiresAt: Time, requestedBy: z.string().optional() }).optional().describe('the newest of the last day'),
  stages: z.array(z.object({ stage: z.enum(REQUEST_STAGES), refusal: z.string().nullable(), agents: z.number().int() })).describe('agents by how far they are'),
  isOver: z.boolean(),
  againAt: Time.optional().describe('first moment at which another one may be asked for'),
});
const Point = z.object({ at: Time, samples: z.number(), minimum: z.number(), maximum: z.number(), mean: z.number(), last: z.number() });
const Quarantined = z.object({ id: Id, clusterId: Id, agent: z.string(), kind: z.string(), reason: z.string(), receivedAt: Time });
const SnapshotId = z.strictObject({ id: z.string().min(1).max(100) });
const AgentParams = z.strictObject({ id: Id, agent: z.string().regex(/^[0-9a-f]{32}$/) });
const After = z.tuple([z.string()]);

const DAY_MS = 86_400_000;
const SERIES = { h: 14 * DAY_MS, d: 400 * DAY_MS } as const;

export function inspectionRoutes(api: Api, deps: AppDeps): void {
  agentRoutes(api, deps);
  requestRoutes(api, deps);
  snapshotRoutes(api, deps);
  trendRoutes(api, deps);
}

function agentRoutes(api: Api, { database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/agents',
      id: 'listAgents',
      summary: 'Agents, their health and their outbox',
      permission: 'agent.read',
      query: z.strictObject({ ...PageQuery, cluster: Id.optional(), retired: z.stringbool().default(false) }),
      answer: pageOf(Agent),
    },
    async ({ visibility, query }) => {
      const after = decodeCursor(query.cursor, After)?.[0];
      const found = await listAgents(database.db, visibility, { clusterId: query.cluster, retired: query.retired, after, limit: query.limit + 1 });
      return toPage(
        found,
        query.limit,
        ({ outbox, ...agent }) => ({ ...agent, outbox: outbox && { ...outbox, dropped: { ...outbox.dropped } } }),
        ({ clusterId, agent }) => [`${clusterId}|${agent}`],
      );
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/clusters/:id/agents/:agent/retire',
      id: 'retireAgent',
      summary: 'Take an agent out of service: its silence is no trouble any more',
      permission: 'agent.retire',
      params: AgentParams,
    },
    async ({ caller, params, now }) => await retireAgent(database, caller, params.id, params.agent, now),
  );
}

function requestRoutes(api: Api, { inspectNow }: AppDeps): void {
  const view = ({ request, stages, isOver, againAt }: InspectionProgress): z.input<typeof Progress> => ({
    ...{ isOver, againAt, stages: stages.map(({ stage, refusal, agents }) => ({ stage, refusal, agents })) },
    ...(request && { request: { requestedAt: request.requestedAt, expiresAt: request.expiresAt, requestedBy: request.requestedBy.name } }),
  });
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/clusters/:id/inspection-requests',
      id: 'requestInspection',
      summary: 'Ask the agents of a cluster for an inspection now; each does so when its site allows it, once in ten minutes at most',
      permission: 'inspection.request',
      params: IdParams,
      answer: Progress,
      status: 202,
    },
    async ({ caller, params, now }) => {
      await inspectNow.ask(caller, params.id, now);
      return view(await inspectNow.progress(caller.visibility, params.id, now));
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id/inspection-requests/newest',
      id: 'readInspectionRequest',
      summary: 'How far the agents of a cluster are with the newest request for an inspection',
      permission: 'cluster.read',
      params: IdParams,
      answer: Progress,
    },
    async ({ visibility, params, now }) => view(await inspectNow.progress(visibility, params.id, now)),
  );
}

function snapshotRoutes(api: Api, { database, fleet }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/findings',
      id: 'listFindings',
      summary: 'What is wrong, or was',
      permission: 'finding.read',
      query: z.strictObject({ ...PageQuery, cluster: Id.optional(), severity: z.enum(SEVERITIES).optional(), open: z.stringbool().default(true) }),
      answer: pageOf(Finding),
    },
    async ({ visibility, query }) => {
      const after = decodeCursor(query.cursor, After)?.[0];
      const found = await listFindings(database.db, visibility, { clusterId: query.cluster, severity: query.severity, open: query.open, after, limit: query.limit + 1 });
      return toPage(
        found,
        query.limit,
        (finding) => finding,
        ({ clusterId, identity }) => [`${clusterId}|${identity}`],
      );
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id/snapshots',
      id: 'listSnapshots',
      summary: 'Inspections of a cluster: the newest of each agent, or with `agent` its history',
      permission: 'snapshot.read',
      params: IdParams,
      query: z.strictObject({ ...PageQuery, agent: z.string().max(64).optional() }),
      answer: pageOf(Snapshot),
    },
    async ({ visibility, params, query: { agent, cursor, limit } }) => {
      const { id } = await fleet.cluster(visibility, params.id);
      if (agent === undefined) return { items: [...(await newestSnapshots(database.db, visibility, id))] };
      const before = decodeCursor(cursor, z.tuple([z.number()]))?.[0];
      return toPage(
        await listSnapshots(database.db, visibility, { clusterId: id, agent, before, limit: limit + 1 }),
        limit,
        (one) => one,
        ({ takenAt }) => [takenAt],
      );
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/snapshots/:id',
      id: 'getSnapshot',
      summary: 'An inspection as it travelled',
      permission: 'snapshot.read',
      params: SnapshotId,
      answer: z.record(z.string(), z.unknown()),
    },
    async ({ visibility, params, reply }) => {
      const json = await readSnapshot(database.db, visibility, params.id);
      if (json === undefined) throw notFound('snapshot, or it has expired');
      reply.type('application/json; charset=utf-8').serializer(String).send(json);
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/quarantine',
      id: 'listQuarantine',
      summary: 'Payloads that this version cannot read, newest first',
      permission: 'agent.read',
      query: z.strictObject({ ...PageQuery, cluster: Id.optional() }),
      answer: pageOf(Quarantined),
    },
    async ({ visibility, query: { cluster, cursor, limit } }) => {
      const before = decodeCursor(cursor, z.tuple([z.number()]))?.[0];
      const found = await listQuarantine(database.db, visibility, {
        ...(cluster !== undefined && { clusterId: cluster }),
        ...(before !== undefined && { before }),
        limit: limit + 1,
      });
      return toPage(
        found,
        limit,
        (one) => one,
        ({ receivedAt }) => [receivedAt],
      );
    },
  );
}

function trendRoutes(api: Api, { database, fleet }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id/series',
      id: 'listSeries',
      summary: 'Names of the numbers that are kept over time',
      permission: 'trend.read',
      params: IdParams,
      query: z.strictObject({ from: TimeQuery.optional() }),
      answer: z.object({ items: z.array(z.string()) }),
    },
    async ({ visibility, params, query, now }) => {
      const { id } = await fleet.cluster(visibility, params.id);
      return { items: [...(await listSeries(database.db, visibility, id, query.from ?? now - SERIES.d))] };
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id/trends',
      id: 'readTrend',
      summary: 'One number over time, by hours or days',
      permission: 'trend.read',
      params: IdParams,
      query: z.strictObject({ series: z.string().min(1).max(400), resolution: z.enum(['h', 'd']).default('d'), from: TimeQuery.optional(), to: TimeQuery.optional() }),
      answer: z.object({ items: z.array(Point) }),
    },
    async ({ visibility, params, query: { series, resolution, from, to }, now }) => {
      const { id: clusterId } = await fleet.cluster(visibility, params.id);
      return { items: [...(await readSeries(database.db, visibility, { clusterId, series, resolution, from: from ?? now - SERIES[resolution], to: to ?? now + 1 }))] };
    },
  );
}
