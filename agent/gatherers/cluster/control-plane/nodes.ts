import type { Cluster } from '../../../kube/cluster.ts';
import { nameOf, timeAt } from '../../../kube/read.ts';
import { CSI_NODES, following, LEASES, listing, NODES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { MACHINE_IDS } from '../../../wire/sections/cluster/control-plane-nodes.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from '../workloads/notable.ts';
import { closestToLimit, isControlPlane, type MachineIds, machineIdsOf, type Node, parseNode, volumesByDriver, zoneOf } from './nodes-row.ts';
import { whenReadable } from './readable.ts';

/** Kubernetes is tested up to 5,000 nodes. */
const CAP = 5_000;
const MOST_ZONES = 1_000;
const MOST_IDS = 40_000;

/** A row while other resources are joined to it. */
interface Joining {
  readonly row: Node;
  readonly volumes: ReadonlyMap<string, number>;
  readonly ids: MachineIds;
  leaseAt?: number | undefined;
  limits?: ReturnType<typeof closestToLimit>;
}

/** 0 = not ready, 1 = otherwise conspicuous, 2 = nothing wrong. */
export function nodeRank(row: Node): number {
  if (row.ready !== 'true' || row.unreachable) return 0;
  return row.pressures.length > 0 || row.problems.length > 0 || row.otherProblems > 0 || row.unschedulable || row.taints > 0 || row.role === 'control-plane' ? 1 : 2;
}

/** @param now Unix seconds */
export async function gatherNodes(cluster: Cluster, signal: AbortSignal, now: number): Promise<Sections['nodes']> {
  const zones = new Map<string, number>();
  const kept = new Notable<Joining>(CAP, 3);
  const seen = new Map<string, number>();
  let total = 0;
  let controlPlanes = 0;
  for await (const item of cluster.list(NODES, signal)) {
    total += 1;
    if (isControlPlane(item)) controlPlanes += 1;
    const zone = zoneOf(item);
    if (zone !== undefined && !zones.has(zone) && zones.size < MOST_ZONES) zones.set(zone, zones.size + 1);
    const row = parseNode(item, now, zone === undefined ? undefined : zones.get(zone));
    const ids = machineIdsOf(item);
    for (const id of Object.values(ids)) if (seen.has(id) || seen.size < MOST_IDS) seen.set(id, (seen.get(id) ?? 0) + 1);
    kept.add({ row, volumes: volumesByDriver(item), ids }, nodeRank(row));
  }
  const rows = kept.rows();
  const byName = new Map(rows.map((joining) => [joining.row.name, joining]));
  await whenReadable(async () => {
    for await (const lease of cluster.list(LEASES, signal, { namespace: 'kube-node-lease' })) {
      const joining = byName.get(nameOf(lease));
      if (joining) joining.leaseAt = timeAt(lease, 'spec', 'renewTime');
    }
  });
  const takenAt = Math.floor(cluster.now());
  await whenReadable(async () => {
    for await (const csiNode of cluster.list(CSI_NODES, signal)) {
      const joining = byName.get(nameOf(csiNode));
      if (joining) joining.limits = closestToLimit(csiNode, joining.volumes);
    }
  });
  return {
    takenAt,
    total,
    controlPlanes,
    zones: zones.size,
    dropped: total - rows.length,
    rows: rows.map(({ row, ids, leaseAt, limits }) => ({ ...row, sharedIds: MACHINE_IDS.filter((kind) => (seen.get(ids[kind] ?? '') ?? 0) > 1), leaseAt, ...limits })),
  };
}

export const nodes = clusterGatherer({
  section: 'nodes',
  needs: [following(NODES), listing(LEASES), listing(CSI_NODES)],
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    return await gatherNodes(cluster, signal, cluster.now());
  },
});
