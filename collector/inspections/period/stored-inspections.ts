/** The inspections that a report of a period is written from: the newest of every agent, and how workloads were measured over it. */
import { notFound } from '../../errors.ts';
import { readInspection } from '../../ingest/reread-inspection.ts';
import type { Db } from '../../store/database.ts';
import { type Cluster, type Customer, clustersOf, findCluster } from '../../store/fleet-store.ts';
import { readSnapshot } from '../../store/snapshot-store.ts';
import { clusterSnapshotsWithin, newestWithin, type Stretch } from '../../store/trend-read-store.ts';
import type { MeasuredUsage, WorkloadUsage } from './costs.ts';
import { compare, type Inspected } from './inspected.ts';

const DAY_MS = 86_400_000;
/** Older inspections say nothing about the end of a period: the retention of raw inspections, and some reserve. */
const STALE_MS = 35 * DAY_MS;
/**
 * Inspections that the use of workloads is read from, spread evenly over the period: all of them where they are not more than `most`; of a
 * large cluster as many as hold so many rows together, and `fewest` in any case.
 */
const MEASUREMENTS = { most: 200, fewest: 40, rows: 200_000 } as const;

/** @throws AppError `not-found` when the cluster is gone */
export async function clustersWanted(db: Db, customer: Customer, clusterId: string | null): Promise<readonly Cluster[]> {
  if (clusterId === null) return await clustersOf(db, customer.id);
  const cluster = await findCluster(db, [customer.id], clusterId);
  if (!cluster) throw notFound('cluster');
  return [cluster];
}

/** The newest inspection of every machine and of the cluster. @param to milliseconds */
export async function inspectedOf(db: Db, cluster: Cluster, to: number): Promise<readonly Inspected[]> {
  const found: Inspected[] = [];
  for (const { id, agent, role, takenAt, sha256 } of await newestWithin(db, cluster.id, { from: to - STALE_MS, to })) {
    const json = await readSnapshot(db, 'all', id);
    const inspection = json === undefined ? undefined : readInspection(json);
    if (inspection === undefined) continue;
    const machine = inspection.agent.node ?? agent;
    found.push({ clusterId: cluster.id, clusterName: cluster.name, agent, role: role as Inspected['role'], machine, takenAt, sha256, inspection });
  }
  // Two replicas of the cluster agent tell of one cluster: the newer one counts. A machine that was set up anew likewise.
  const newest = new Map<string, Inspected>();
  for (const one of found.toSorted((a, b) => a.takenAt - b.takenAt || compare(a.agent, b.agent))) newest.set(one.role === 'cluster' ? 'cluster' : `machine ${one.machine}`, one);
  return [...newest.values()].toSorted((one, other) => compare(one.role, other.role) || compare(one.machine, other.machine));
}

/** What the cluster's workloads used at several moments of a stretch, oldest first; of very many inspections some, evenly spread. */
export async function workloadUsageOf(db: Db, clusterId: string, stretch: Stretch): Promise<MeasuredUsage> {
  const ids = await clusterSnapshotsWithin(db, clusterId, stretch);
  const read = async (at: number): Promise<WorkloadUsage | undefined> => {
    const id = ids[at];
    const json = id === undefined ? undefined : await readSnapshot(db, 'all', id);
    return json === undefined ? undefined : readInspection(json)?.sections.workloadUsage;
  };
  const last = ids.length - 1;
  const newest = await read(last);
  const most = Math.max(MEASUREMENTS.fewest, Math.min(MEASUREMENTS.most, Math.floor(MEASUREMENTS.rows / Math.max(1, newest?.rows.length ?? 0))));
  const step = Math.max(1, ids.length / most);
  const found: WorkloadUsage[] = newest ? [newest] : [];
  for (let at = last - step; at >= 0; at -= step) {
    const usage = await read(Math.round(at));
    if (usage) found.push(usage);
  }
  return { samples: found.toReversed(), inspections: ids.length };
}
