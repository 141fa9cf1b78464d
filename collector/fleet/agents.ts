/** Agents of the fleet: who is silent, who came back, who is out of service, and how much of a cluster is looked at. */
import type { Leaves } from '../../agent/wire/leaves.ts';
import type { Heartbeat } from '../../agent/wire/signal.ts';
import type { Visibility } from '../access/visibility.ts';
import { notFound } from '../errors.ts';
import { type AgentQuery, type AgentRow, listAgentRows, markBack, markRetired, markSilent, replacedAgents, type SilenceRule } from '../store/agent-store.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db, Engine } from '../store/database.ts';
import { endFindingsOf } from '../store/finding-store.ts';
import { findCluster, findCustomerOf } from '../store/fleet-store.ts';
import type { Caller } from './fleet.ts';

/** Times in milliseconds of the collector's clock. */
export interface Agent {
  readonly clusterId: string;
  readonly agent: string;
  readonly role: string;
  readonly node: string | null;
  readonly version: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly heartbeatSeconds: number | null;
  readonly lastHeartbeatAt: number | null;
  readonly lastInspectionAt: number | null;
  readonly outbox: Heartbeat['outbox'] | null;
  /** Agent's clock minus ours. */
  readonly skewMs: number | null;
  readonly silentSince: number | null;
  readonly retiredAt: number | null;
  /** What its site lets leave; null: it does not say, or nothing may leave. */
  readonly leaves: Leaves | null;
  /** Since when it has said so. */
  readonly leavesSince: number | null;
}
export interface Silence {
  /** Each is told once, to one collector. */
  readonly silent: readonly Agent[];
  readonly back: readonly Agent[];
}

/** Three missed heartbeats, each of which may come 10 % late: an agent spreads its own by that much. */
export const DEFAULT_SILENCE: Omit<SilenceRule, 'listeningSince'> = { missed: 3, jitterRatio: 0.1 };

/**
 * Agents that became silent or speak again since the last call. Run it in the transaction that opens and clears their
 * incidents: when that fails, they are told again.
 */
export async function silentAgents(db: Db, engine: Engine, now: number, rule: Pick<SilenceRule, 'listeningSince'> & Partial<SilenceRule>): Promise<Silence> {
  const back = [...(await markBack(db)), ...(await retireReplaced(db, engine, now, { ...DEFAULT_SILENCE, ...rule }))];
  const silent = await markSilent(db, engine, now, { ...DEFAULT_SILENCE, ...rule });
  return { silent: silent.map(toAgent), back: back.map(toAgent) };
}

/** An upgrade is no trouble. @returns those whose silence was told before: it is over */
async function retireReplaced(db: Db, engine: Engine, now: number, rule: SilenceRule): Promise<readonly AgentRow[]> {
  const told: AgentRow[] = [];
  for (const row of await replacedAgents(db, now, rule)) {
    const { cluster_id: clusterId, agent } = row;
    if (!(await markRetired(db, clusterId, agent, now))) continue;
    await endFindingsOf(db, { cluster_id: clusterId, owner: agent }, now);
    const customerId = (await findCustomerOf(db, clusterId)) ?? null;
    await appendAudit(db, engine, { at: now, actor: { kind: 'system' }, customerId, action: 'agent.retire', object: agent, details: { clusterId, reason: 'replaced' } });
    if (row.silent_since !== null) told.push(row);
  }
  return told;
}

/** Out of service: its silence is no trouble, its open findings end. An agent that speaks again is in service again. */
export async function retireAgent({ engine, transaction }: Database, { actor, visibility }: Caller, clusterId: string, agent: string, now: number): Promise<void> {
  await transaction(async (db) => {
    const cluster = await findCluster(db, visibility, clusterId);
    if (!cluster) throw notFound('cluster');
    if (!(await markRetired(db, clusterId, agent, now))) throw notFound('agent');
    await endFindingsOf(db, { cluster_id: clusterId, owner: agent }, now);
    await appendAudit(db, engine, { at: now, actor, customerId: cluster.customerId, action: 'agent.retire', object: agent, details: { clusterId, reason: 'person' } });
  });
}

export async function listAgents(db: Db, visibility: Visibility, query: AgentQuery = {}): Promise<readonly Agent[]> {
  return (await listAgentRows(db, visibility, query)).map(toAgent);
}

/** How much of a cluster is looked at, for reports and the console. */
export interface FleetCoverage {
  readonly agents: number;
  readonly silent: number;
  /** In service, but without an inspection in the last {@link STALE_MS}. */
  readonly stale: number;
  readonly neverInspected: number;
  readonly newestInspectionAt: number | null;
  readonly oldestInspectionAt: number | null;
}
/** A daily inspection that is six hours late. */
const STALE_MS = 30 * 3_600_000;

export async function coverageOfCluster(db: Db, visibility: Visibility, clusterId: string, now: number): Promise<FleetCoverage> {
  let coverage: FleetCoverage = { agents: 0, silent: 0, stale: 0, neverInspected: 0, newestInspectionAt: null, oldestInspectionAt: null };
  const pageSize = 1_000;
  for (let after: string | undefined; ; ) {
    const rows = await listAgentRows(db, visibility, { clusterId, after, limit: pageSize });
    for (const row of rows) coverage = withAgent(coverage, row, now);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return coverage;
    after = `${last.cluster_id}|${last.agent}`;
  }
}

function withAgent(coverage: FleetCoverage, { silent_since, last_inspection_at: at }: AgentRow, now: number): FleetCoverage {
  return {
    agents: coverage.agents + 1,
    silent: coverage.silent + (silent_since === null ? 0 : 1),
    stale: coverage.stale + (at !== null && now - at > STALE_MS ? 1 : 0),
    neverInspected: coverage.neverInspected + (at === null ? 1 : 0),
    newestInspectionAt: at === null ? coverage.newestInspectionAt : Math.max(at, coverage.newestInspectionAt ?? at),
    oldestInspectionAt: at === null ? coverage.oldestInspectionAt : Math.min(at, coverage.oldestInspectionAt ?? at),
  };
}

function toAgent(row: AgentRow): Agent {
  return {
    clusterId: row.cluster_id,
    agent: row.agent,
    role: row.role,
    node: row.node,
    version: row.version,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    heartbeatSeconds: row.heartbeat_seconds,
    lastHeartbeatAt: row.last_heartbeat_at,
    lastInspectionAt: row.last_inspection_at,
    outbox: row.outbox === null ? null : (JSON.parse(row.outbox) as Heartbeat['outbox']),
    skewMs: row.skew_ms,
    silentSince: row.silent_since,
    retiredAt: row.retired_at,
    leaves: row.leaves === null ? null : (JSON.parse(row.leaves) as Leaves),
    leavesSince: row.leaves_at,
  };
}
