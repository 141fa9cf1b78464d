import { type Json, nameOf, namespaceOf, numberAt } from '../../../kube/read.ts';
import { CSI_NODES, DAEMON_SETS, DEPLOYMENTS, following, listing, STATEFUL_SETS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { PLATFORM_NAMESPACES } from '../../../wire/sections/cluster/objects-addons.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { conditionOf, createdAtOf, imageVersionOf, labelOf } from './api-object.ts';
import { type CniKind, cniOf, componentOf, type WorkloadKind } from './component-names.ts';
import { NotableRows } from './notable-rows.ts';

export type ComponentRow = Sections['addons']['components'][number];
type PlatformRow = Sections['addons']['platform'][number];

const KINDS = [
  ['Deployment', DEPLOYMENTS],
  ['DaemonSet', DAEMON_SETS],
  ['StatefulSet', STATEFUL_SETS],
] as const;

/** Wanted and ready replicas of any of the three kinds. */
export function replicasOf(kind: WorkloadKind, workload: unknown): { readonly desired: number; readonly ready: number } {
  if (kind === 'DaemonSet') return { desired: numberAt(workload, 'status', 'desiredNumberScheduled') ?? 0, ready: numberAt(workload, 'status', 'numberReady') ?? 0 };
  return { desired: numberAt(workload, 'spec', 'replicas') ?? 1, ready: numberAt(workload, 'status', 'readyReplicas') ?? 0 };
}

/** Projects a workload that is an add-on. */
export function toComponentRow(kind: WorkloadKind, workload: Json): ComponentRow | undefined {
  const name = nameOf(workload);
  const component = componentOf({ kind, namespace: namespaceOf(workload), name, product: labelOf(workload, 'app.kubernetes.io/name') });
  if (!component) return undefined;
  const available = conditionOf(workload, 'Available');
  const version = imageVersionOf(workload);
  return {
    component,
    kind,
    namespace: namespaceOf(workload),
    name,
    ...replicasOf(kind, workload),
    ...(version !== undefined && { version }),
    ...(available?.status === 'False' && available.since !== undefined && { unreadySince: available.since }),
    createdAt: createdAtOf(workload),
  };
}

/** Counts of the platform's own namespaces. */
export class Platform {
  readonly #rows = new Map<string, { workloads: number; notReady: number; down: number }>();
  add(namespace: string, { desired, ready }: { readonly desired: number; readonly ready: number }): void {
    if (!PLATFORM_NAMESPACES.some((one) => one === namespace)) return;
    const row = this.#rows.get(namespace) ?? { workloads: 0, notReady: 0, down: 0 };
    row.workloads += 1;
    if (ready < desired) row.notReady += 1;
    if (ready === 0 && desired > 0) row.down += 1;
    this.#rows.set(namespace, row);
  }
  get rows(): readonly PlatformRow[] {
    return [...this.#rows].map(([namespace, counts]) => ({ namespace, ...counts }));
  }
}

export const addons = clusterGatherer({
  section: 'addons',
  needs: [...[DEPLOYMENTS, DAEMON_SETS, STATEFUL_SETS].map(following), listing(CSI_NODES)],
  deadlineMs: 240_000,

  async gather(cluster, signal) {
    const components = new NotableRows<ComponentRow>(500);
    const platform = new Platform();
    let cni: CniKind = 'none';
    for (const [kind, resource] of KINDS) {
      for await (const item of cluster.list(resource, signal)) {
        platform.add(namespaceOf(item), replicasOf(kind, item));
        const row = toComponentRow(kind, item);
        if (!row) continue;
        components.add(row, row.ready < row.desired);
        if (cni === 'none') cni = cniOf(kind, row.name) ?? 'none';
      }
    }
    let nodes = 0;
    for await (const _ of cluster.list(CSI_NODES, signal)) nodes += 1; // one for each node, at a hundredth of its size
    return { cni, nodes, dropped: components.dropped, components: components.rows, platform: platform.rows };
  },
});
