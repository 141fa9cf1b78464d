/** What the agents of a cluster say that their sites let leave, in few rows however many agents there are. */
import { sql } from 'kysely';
import type { Leaves } from '../../agent/wire/leaves.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { clusterVisible } from './visible.ts';

export interface LeavingGroup {
  /** Null: they do not say, as older versions do not. */
  readonly leaves: Leaves | null;
  /** Heard within their interval; the others have missed at least one heartbeat. */
  readonly isHeard: boolean;
  readonly agents: number;
  /** When the last of them began to say so, Unix milliseconds. */
  readonly since: number | null;
  /** When the last of them was heard, Unix milliseconds. */
  readonly heardAt: number;
}

/** A heartbeat may come late by half of its interval before it counts as missed. */
const PATIENCE = 1.5;
const DEFAULT_INTERVAL_SECONDS = 60;

/** In the order of numbers, most agents first. @param now Unix milliseconds */
export async function leavingOfCluster(db: Db, visibility: Visibility, clusterId: string, now: number): Promise<readonly LeavingGroup[]> {
  const heard = sql`coalesce(a.last_heartbeat_at, a.last_seen_at)`;
  const { rows } = await sql<{ leaves: string | null; heard: number; agents: number; since: number | null; heard_at: number }>`select
      a.leaves, case when ${heard} + coalesce(a.heartbeat_seconds, ${DEFAULT_INTERVAL_SECONDS}) * ${PATIENCE * 1_000} >= ${now} then 1 else 0 end as heard,
      count(*) as agents, max(a.leaves_at) as since, max(${heard}) as heard_at
    from agents a where a.cluster_id = ${clusterId} and a.retired_at is null and ${clusterVisible(visibility, 'a.cluster_id')}
    group by 1, 2 order by 3 desc, 1, 2`.execute(db);
  return rows.map((row) => ({
    leaves: row.leaves === null ? null : (JSON.parse(row.leaves) as Leaves),
    isHeard: Number(row.heard) === 1,
    agents: Number(row.agents),
    since: row.since === null ? null : Number(row.since),
    heardAt: Number(row.heard_at),
  }));
}
