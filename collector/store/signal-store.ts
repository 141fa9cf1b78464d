/** The newest signal of every identity: it orders what arrives late, twice or from a leader that is none any more. */
import type { Observed, Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Db } from './database.ts';
import { chunksOf } from './incident-store.ts';
import type { NewRow, Row } from './tables.ts';

export interface KnownSignal {
  readonly key: string;
  readonly agent: string;
  readonly boot?: string | undefined;
  readonly seq?: number | undefined;
  readonly epoch: number;
  readonly rule: string;
  readonly family: string;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly state: 'firing' | 'clear' | 'stale' | 'inhibited';
  /** Milliseconds of the collector's clock, as well as it is known. */
  readonly at: number;
  readonly since: number;
  readonly observed?: Observed | undefined;
  readonly threshold?: Observed | undefined;
  readonly unit?: string | undefined;
  readonly flapping: boolean;
  readonly maintenance: boolean;
  readonly parentKey?: string | undefined;
  readonly flips: readonly number[];
}

/** @param cluster id of the cluster, or of the customer for what has no cluster */
export async function knownSignals(db: Db, cluster: string, keys: readonly string[]): Promise<Map<string, KnownSignal>> {
  const found = new Map<string, KnownSignal>();
  for (const chunk of chunksOf(keys)) {
    const rows = await db.selectFrom('signals').selectAll().where('cluster_id', '=', cluster).where('dedup_key', 'in', chunk).execute();
    for (const row of rows) found.set(row.dedup_key, toSignal(row));
  }
  return found;
}

export async function putSignals(db: Db, cluster: string, signals: readonly KnownSignal[], now: number): Promise<void> {
  for (const chunk of chunksOf(signals.map((signal) => toRow(cluster, signal, now)))) {
    await db
      .insertInto('signals')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['cluster_id', 'dedup_key']).doUpdateSet((eb) => ({
          agent: eb.ref('excluded.agent'),
          severity: eb.ref('excluded.severity'),
          state: eb.ref('excluded.state'),
          at: eb.ref('excluded.at'),
          since: eb.ref('excluded.since'),
          observed: eb.ref('excluded.observed'),
          threshold: eb.ref('excluded.threshold'),
          unit: eb.ref('excluded.unit'),
          flapping: eb.ref('excluded.flapping'),
          maintenance: eb.ref('excluded.maintenance'),
          parent_key: eb.ref('excluded.parent_key'),
          epoch: eb.ref('excluded.epoch'),
          updated_at: eb.ref('excluded.updated_at'),
          boot: eb.ref('excluded.boot'),
          seq: eb.ref('excluded.seq'),
          family: eb.ref('excluded.family'),
          flips: eb.ref('excluded.flips'),
        })),
      )
      .execute();
  }
}

/** What is not clear and was told by this agent, or by a leader before it. */
export async function activeSignalsOf(db: Db, cluster: string, { agent, epoch }: { readonly agent: string; readonly epoch: number }): Promise<readonly KnownSignal[]> {
  const rows = await db
    .selectFrom('signals')
    .selectAll()
    .where('cluster_id', '=', cluster)
    .where('state', 'in', ['firing', 'inhibited'])
    .where((eb) => eb.or([eb('agent', '=', agent), ...(epoch > 0 ? [eb.and([eb('epoch', '>', 0), eb('epoch', '<', epoch)])] : [])]))
    .execute();
  return rows.map(toSignal);
}

/** What is inhibited behind one of these. */
export async function inhibitedBehind(db: Db, cluster: string, parents: readonly string[]): Promise<readonly KnownSignal[]> {
  const found: KnownSignal[] = [];
  for (const chunk of chunksOf(parents)) {
    const rows = await db.selectFrom('signals').selectAll().where('cluster_id', '=', cluster).where('parent_key', 'in', chunk).where('state', '=', 'inhibited').execute();
    found.push(...rows.map(toSignal));
  }
  return found;
}

/** Highest epoch of a leader that the cluster has heard of; 0 before the first. */
export async function newestEpoch(db: Db, cluster: string): Promise<number> {
  const signal = await db
    .selectFrom('signals')
    .select(({ fn }) => fn.max('epoch').as('epoch'))
    .where('cluster_id', '=', cluster)
    .executeTakeFirst();
  const agent = await db
    .selectFrom('agents')
    .select(({ fn }) => fn.max('epoch').as('epoch'))
    .where('cluster_id', '=', cluster)
    .executeTakeFirst();
  return Math.max(0, signal?.epoch ?? 0, agent?.epoch ?? 0);
}

/** Since when nothing is known against the agent's having lived; `undefined` for senders that are no agents. */
export async function agentLife(
  db: Db,
  cluster: string,
  agent: string,
): Promise<{ readonly lastSeenAt: number; readonly silentSince: number | null; readonly heartbeatMs: number; readonly isRetired: boolean } | undefined> {
  const row = await db
    .selectFrom('agents')
    .select(['last_seen_at', 'silent_since', 'heartbeat_seconds', 'retired_at'])
    .where('cluster_id', '=', cluster)
    .where('agent', '=', agent)
    .executeTakeFirst();
  return row && { lastSeenAt: row.last_seen_at, silentSince: row.silent_since, heartbeatMs: (row.heartbeat_seconds ?? 60) * 1_000, isRetired: row.retired_at !== null };
}

/** Signals that ended before then; what arrives still later is too old to act upon anyway. @returns how many */
export async function pruneSignals(db: Db, before: number): Promise<number> {
  const result = await db.deleteFrom('signals').where('state', '=', 'clear').where('updated_at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}

function toRow(cluster: string, signal: KnownSignal, now: number): NewRow<'signals'> {
  const { key, agent, boot, seq, epoch, rule, family, scope, severity, state, at, since, observed, threshold, unit, flapping, maintenance, parentKey, flips } = signal;
  return {
    ...{ cluster_id: cluster, dedup_key: key, agent, epoch, rule, family, severity, state, at, since },
    scope: JSON.stringify(scope),
    observed: observed === undefined ? null : JSON.stringify(observed),
    threshold: threshold === undefined ? null : JSON.stringify(threshold),
    unit: unit ?? null,
    flapping: flapping ? 1 : 0,
    maintenance: maintenance ? 1 : 0,
    parent_key: parentKey ?? null,
    updated_at: now,
    boot: boot ?? null,
    seq: seq ?? null,
    flips: flips.length === 0 ? null : JSON.stringify(flips),
  };
}
function toSignal(row: Row<'signals'>): KnownSignal {
  return {
    ...{ key: row.dedup_key, agent: row.agent, epoch: row.epoch, rule: row.rule, at: row.at, since: row.since },
    boot: row.boot ?? undefined,
    seq: row.seq ?? undefined,
    family: row.family ?? row.rule,
    scope: JSON.parse(row.scope) as Scope,
    severity: row.severity as Severity,
    state: row.state as KnownSignal['state'],
    observed: row.observed === null ? undefined : (JSON.parse(row.observed) as Observed),
    threshold: row.threshold === null ? undefined : (JSON.parse(row.threshold) as Observed),
    unit: row.unit ?? undefined,
    flapping: row.flapping === 1,
    maintenance: row.maintenance === 1,
    parentKey: row.parent_key ?? undefined,
    flips: row.flips === null ? [] : (JSON.parse(row.flips) as number[]),
  };
}
