import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, objectAt, quantity, textAt, timeAt } from '../../../kube/read.ts';
import { CSI_NODES, following, listing, NODES, PERSISTENT_VOLUMES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { VOLUME_PHASES, VOLUME_SOURCES } from '../../../wire/sections/cluster/objects-storage.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf, deletingSinceOf, has, labelOf, memberOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

export type VolumeRow = Sections['volumes']['rows'][number];

const RECLAIM = ['Retain', 'Delete', 'Recycle', 'other'] as const;
/** Node labels whose value is the name of one node. */
const NODE_KEYS: ReadonlySet<string> = new Set([
  'kubernetes.io/hostname',
  'topology.hwameistor.io/node',
  'topology.topolvm.io/node',
  'openebs.io/nodename',
  'topology.lvm.csi/node',
]);
const MOST_DRIVERS = 100;
const NO_NODES: ReadonlySet<string> = new Set();

/** Whether every way to satisfy the volume's affinity names nodes that no longer exist. */
export function isNodeMissing(volume: unknown, nodes: ReadonlySet<string>): boolean {
  const terms = listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms');
  return (
    terms.length > 0 &&
    terms.every((term) => {
      const named = listAt(term, 'matchExpressions').filter((expression) => textAt(expression, 'operator') === 'In' && NODE_KEYS.has(textAt(expression, 'key') ?? ''));
      return named.some((expression) => !listAt(expression, 'values').some((value) => typeof value === 'string' && nodes.has(value)));
    })
  );
}

export function toVolumeRow(volume: Json, nodes: ReadonlySet<string>): VolumeRow {
  const spec = objectAt(volume, 'spec');
  const capacityBytes = quantity(objectAt(spec, 'capacity')['storage']);
  const since = timeAt(volume, 'status', 'lastPhaseTransitionTime');
  return {
    name: nameOf(volume),
    phase: memberOf(VOLUME_PHASES, textAt(volume, 'status', 'phase'), 'other'),
    ...(since !== undefined && { since }),
    reclaim: memberOf(RECLAIM, textAt(spec, 'persistentVolumeReclaimPolicy'), 'other'),
    source: VOLUME_SOURCES.find((source) => has(spec, source)) ?? 'other',
    ...(capacityBytes !== undefined && { capacityBytes }),
    nodeMissing: isNodeMissing(volume, nodes),
    ...deletingSinceOf(volume),
    createdAt: createdAtOf(volume),
  };
}

/** Names and host name labels of all nodes. */
async function nodeNames(cluster: Cluster, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const node of cluster.list(NODES, signal)) {
    names.add(nameOf(node));
    const hostname = labelOf(node, 'kubernetes.io/hostname');
    if (hostname !== undefined) names.add(hostname);
  }
  return names;
}

/** Volumes and nodes by CSI driver; only drivers that a volume uses. */
class Drivers {
  readonly #counts = new Map<string, { bound: number; nodes: number }>();

  addVolume(driver: string | undefined): void {
    if (driver === undefined) return;
    const known = this.#counts.get(driver);
    if (known) known.bound += 1;
    else if (this.#counts.size < MOST_DRIVERS) this.#counts.set(driver, { bound: 1, nodes: 0 });
  }
  addNode(driver: string | undefined): void {
    const known = driver === undefined ? undefined : this.#counts.get(driver);
    if (known) known.nodes += 1;
  }
  get rows(): Sections['volumes']['drivers'] {
    return [...this.#counts].map(([driver, counts]) => ({ driver, ...counts }));
  }
}

export const volumes = clusterGatherer({
  section: 'volumes',
  needs: [...[PERSISTENT_VOLUMES, NODES].map(following), listing(CSI_NODES)],
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    let nodes: ReadonlySet<string> | undefined; // read for the first volume that is tied to nodes: a list of nodes is heavy
    const rows = new NotableRows<VolumeRow>(2_000);
    const byPhase: Partial<Record<VolumeRow['phase'], number>> = {};
    const bySource: Partial<Record<VolumeRow['source'], number>> = {};
    const drivers = new Drivers();
    let total = 0;
    let capacityBytes = 0;
    for await (const item of cluster.list(PERSISTENT_VOLUMES, signal)) {
      if (nodes === undefined && listAt(item, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms').length > 0) nodes = await nodeNames(cluster, signal);
      const row = toVolumeRow(item, nodes ?? NO_NODES);
      total += 1;
      capacityBytes += row.capacityBytes ?? 0;
      byPhase[row.phase] = (byPhase[row.phase] ?? 0) + 1;
      bySource[row.source] = (bySource[row.source] ?? 0) + 1;
      if (row.phase === 'Bound') drivers.addVolume(textAt(item, 'spec', 'csi', 'driver'));
      const broken = row.phase === 'Failed' || row.phase === 'Pending' || row.nodeMissing || row.deletingSince !== undefined;
      if (broken || row.phase === 'Released' || row.reclaim === 'Recycle') rows.add(row, broken);
    }
    for await (const item of cluster.list(CSI_NODES, signal)) {
      for (const entry of listAt(item, 'spec', 'drivers')) drivers.addNode(textAt(entry, 'name'));
    }
    return { total, byPhase, bySource, capacityBytes, dropped: rows.dropped, rows: rows.rows, drivers: drivers.rows };
  },
});
