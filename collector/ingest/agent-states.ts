/** What a payload says about its agent, and whether it is newer than what is known. Pure, over rows that the transaction has locked. */
import type { Leaves } from '../../agent/wire/leaves.ts';
import { type AgentRow, agentKey } from '../store/agent-store.ts';
import type { Item } from './apply.ts';

type Readable = Exclude<Item['decoded'], { readonly kind: 'quarantined' }>;

export interface Seen {
  readonly row: AgentRow;
  /** An inspection that is the newest of its agent, or of all replicas of the cluster agent. */
  readonly isCurrent: boolean;
  /** Of a cluster agent whose lease has gone to another since. */
  readonly isFenced: boolean;
}

/** How fast an estimate of a clock follows payloads that may have waited in a queue. */
const SKEW_SHARE = 0.2;

export class AgentStates {
  readonly #rows: Map<string, AgentRow>;
  readonly #changed = new Set<string>();

  constructor(rows: Map<string, AgentRow>) {
    this.#rows = rows;
  }

  see({ cluster, receivedAt, skewMs, isRelayed }: Pick<Item, 'cluster' | 'receivedAt' | 'skewMs' | 'isRelayed'>, decoded: Readable): Seen {
    const { header, sender } = decoded;
    const key = agentKey({ cluster_id: cluster.clusterId, agent: header.agent });
    const row = this.#rows.get(key) ?? newRow(cluster.clusterId, decoded, receivedAt);
    this.#rows.set(key, row);
    this.#changed.add(key);
    const replicas = sender.role === 'cluster' ? this.#replicas(cluster.clusterId) : [row];
    const isFenced = sender.role === 'cluster' && replicas.some(({ epoch }) => epoch > sender.epoch);
    const isCurrent = decoded.kind === 'inspection' && !isFenced && isNewest(decoded, receivedAt, row, replicas);
    row.last_seen_at = Math.max(row.last_seen_at, receivedAt);
    if (skewMs !== undefined) row.skew_ms = skewOf(row.skew_ms, skewMs);
    if (row.retired_at !== null && header.keptAt * 1_000 > row.retired_at) row.retired_at = null; // it speaks: it is in service
    if (sender.version !== row.version) Object.assign(row, { takes: null, leaves: null, leaves_at: null }); // another program: what it takes, it says itself
    if (sender.epoch >= row.epoch) Object.assign(row, { role: sender.role, node: sender.node ?? null, version: sender.version, boot: header.boot, epoch: sender.epoch });
    if (decoded.kind === 'heartbeat') {
      row.heartbeat_seconds = decoded.payload.intervalSeconds;
      row.last_heartbeat_at = Math.max(row.last_heartbeat_at ?? 0, receivedAt);
      // One behind another collector is asked by that one.
      row.takes = isRelayed === true ? null : (decoded.payload.takes ?? row.takes);
      hearLeaves(row, decoded.payload.leaves, receivedAt);
      row.outbox = JSON.stringify(decoded.payload.outbox);
    }
    if (decoded.kind === 'inspection' && isCurrent)
      Object.assign(row, { last_inspection_at: Math.min(decoded.facts.takenAt * 1_000, receivedAt), inspection_boot: header.boot, inspection_seq: header.seq });
    return { row, isCurrent, isFenced };
  }

  /** Rows to write, each once. */
  changed(): readonly AgentRow[] {
    return [...this.#changed].flatMap((key) => this.#rows.get(key) ?? []);
  }

  #replicas(clusterId: string): readonly AgentRow[] {
    return [...this.#rows.values()].filter((row) => row.cluster_id === clusterId && row.role === 'cluster');
  }
}

/** The time is that of the change: it is asked since when something leaves no more. */
function hearLeaves(row: AgentRow, leaves: Leaves | undefined, at: number): void {
  const said = leaves === undefined ? row.leaves : JSON.stringify(leaves);
  if (said !== row.leaves) Object.assign(row, { leaves: said, leaves_at: at });
}

/** Within one process its own count decides, whatever its clock does; across processes and replicas, time. */
function isNewest(decoded: Extract<Readable, { kind: 'inspection' }>, receivedAt: number, own: AgentRow, replicas: readonly AgentRow[]): boolean {
  const { header, sender, facts } = decoded;
  const at = Math.min(facts.takenAt * 1_000, receivedAt);
  if (own.inspection_boot === header.boot && own.inspection_seq !== null && header.seq < own.inspection_seq) return false;
  return replicas.every((row) => {
    if (row.last_inspection_at === null || (row === own && row.inspection_boot === header.boot) || row.epoch < sender.epoch) return true;
    return row.last_inspection_at <= at;
  });
}

/** A payload that waited makes a clock look slow and never fast: up at once, down slowly. Milliseconds. */
function skewOf(known: number | null, seen: number): number {
  return Math.round(known === null || seen >= known ? seen : known + (seen - known) * SKEW_SHARE);
}

function newRow(clusterId: string, { header, sender }: Readable, receivedAt: number): AgentRow {
  return {
    cluster_id: clusterId,
    agent: header.agent,
    role: sender.role,
    node: sender.node ?? null,
    version: sender.version,
    boot: header.boot,
    epoch: sender.epoch,
    first_seen_at: receivedAt,
    last_seen_at: receivedAt,
    heartbeat_seconds: null,
    last_heartbeat_at: null,
    last_inspection_at: null,
    outbox: null,
    skew_ms: null,
    silent_since: null,
    retired_at: null,
    inspection_boot: null,
    inspection_seq: null,
    takes: null,
    leaves: null,
    leaves_at: null,
  };
}
