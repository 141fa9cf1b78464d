import type { Cluster } from '../../../kube/cluster.ts';
import { listAt, nameOf, textAt } from '../../../kube/read.ts';
import { CSI_NODES, listing, NODES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

type Lacking = Sections['csi']['lacking'][number];

const MOST_DRIVERS = 100;

/** Drivers of one node. */
export interface NodeDrivers {
  readonly drivers: ReadonlySet<string>;
  /** No taint keeps ordinary pods away. */
  readonly isWorker: boolean;
  readonly createdAt: number;
}

/** Worker nodes that lack a driver which at least half of the worker nodes have. */
export function lackingDrivers(nodes: ReadonlyMap<string, NodeDrivers>): readonly Lacking[] {
  const workers = [...nodes].filter(([, { isWorker }]) => isWorker);
  const having = new Map<string, number>();
  for (const [, { drivers }] of workers) for (const driver of drivers) having.set(driver, (having.get(driver) ?? 0) + 1);
  const out: Lacking[] = [];
  for (const [driver, count] of having) {
    if (count * 2 < workers.length) continue;
    for (const [node, { drivers, createdAt }] of workers) {
      if (!drivers.has(driver)) out.push({ node, driver, othersPercent: (count / workers.length) * 100, nodeCreatedAt: createdAt });
    }
  }
  return out;
}

/** Names of the drivers that a CSINode registers. */
function driversOf(csiNode: unknown): ReadonlySet<string> {
  const names = listAt(csiNode, 'spec', 'drivers')
    .slice(0, MOST_DRIVERS)
    .map((entry) => textAt(entry, 'name'));
  return new Set(names.filter((name) => name !== undefined));
}

/** When each untainted node joined, by name. */
async function workersOf(cluster: Cluster, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const workers = new Map<string, number>();
  for await (const node of cluster.list(NODES, signal)) {
    const repels = listAt(node, 'spec', 'taints').some((taint) => textAt(taint, 'effect') !== 'PreferNoSchedule');
    if (!repels) workers.set(nameOf(node), createdAtOf(node));
  }
  return workers;
}

export const csi = clusterGatherer({
  section: 'csi',
  needs: [CSI_NODES, NODES].map(listing),
  deadlineMs: 120_000,

  async gather(cluster, signal) {
    const registered = new Map<string, ReadonlySet<string>>();
    const drivers = new Set<string>();
    for await (const item of cluster.list(CSI_NODES, signal)) {
      const names = driversOf(item);
      for (const driver of names) if (drivers.size < MOST_DRIVERS) drivers.add(driver);
      registered.set(nameOf(item), names);
    }
    if (drivers.size === 0) return { nodes: registered.size, drivers: 0, dropped: 0, lacking: [] }; // a list of nodes is heavy: not for nothing
    const workers = await workersOf(cluster, signal);
    const nodes = new Map([...registered].map(([name, names]) => [name, { drivers: names, isWorker: workers.has(name), createdAt: workers.get(name) ?? 0 } satisfies NodeDrivers]));
    const lacking = new NotableRows<Lacking>(1_000);
    for (const row of lackingDrivers(nodes)) lacking.add(row, true);
    return { nodes: nodes.size, drivers: drivers.size, dropped: lacking.dropped, lacking: lacking.rows };
  },
});
