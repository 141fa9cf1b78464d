import type { Cluster } from '../../../kube/cluster.ts';
import { listAt, nameOf, numberAt, textAt } from '../../../kube/read.ts';
import { CSI_NODES, NODES, VOLUME_ATTACHMENTS, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

type Lacking = Sections['csi']['lacking'][number];
type Limit = Sections['csi']['limits'][number];

const MOST_DRIVERS = 100;

/** Drivers of one node and how many volumes each can attach there, where the driver tells. */
export interface NodeDrivers {
  readonly limits: ReadonlyMap<string, number | undefined>;
  /** No taint keeps ordinary pods away; `undefined` = the node is gone. */
  readonly isWorker: boolean;
  readonly createdAt: number;
}

/** Worker nodes that lack a driver which at least half of the worker nodes have. */
export function lackingDrivers(nodes: ReadonlyMap<string, NodeDrivers>): readonly Lacking[] {
  const workers = [...nodes].filter(([, { isWorker }]) => isWorker);
  const having = new Map<string, number>();
  for (const [, { limits }] of workers) for (const driver of limits.keys()) having.set(driver, (having.get(driver) ?? 0) + 1);
  const out: Lacking[] = [];
  for (const [driver, count] of having) {
    if (count * 2 < workers.length) continue;
    for (const [node, { limits, createdAt }] of workers) {
      if (!limits.has(driver)) out.push({ node, driver, othersPercent: (count / workers.length) * 100, nodeCreatedAt: createdAt });
    }
  }
  return out;
}

/** When each untainted node joined, by name; tainted nodes have `undefined`. */
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
  needs: [CSI_NODES, NODES, VOLUME_ATTACHMENTS].map(listing),
  deadlineMs: 120_000,

  async gather(cluster, signal) {
    const workers = await workersOf(cluster, signal);
    const nodes = new Map<string, NodeDrivers>();
    const drivers = new Set<string>();
    for await (const item of cluster.list(CSI_NODES, signal)) {
      const limits = new Map<string, number | undefined>();
      for (const entry of listAt(item, 'spec', 'drivers').slice(0, MOST_DRIVERS)) {
        const driver = textAt(entry, 'name');
        if (driver === undefined) continue;
        limits.set(driver, numberAt(entry, 'allocatable', 'count'));
        if (drivers.size < MOST_DRIVERS) drivers.add(driver);
      }
      nodes.set(nameOf(item), { limits, isWorker: workers.has(nameOf(item)), createdAt: workers.get(nameOf(item)) ?? 0 });
    }
    const used = new Map<string, number>();
    for await (const item of cluster.list(VOLUME_ATTACHMENTS, signal)) {
      const key = `${textAt(item, 'spec', 'nodeName')}/${textAt(item, 'spec', 'attacher')}`;
      used.set(key, (used.get(key) ?? 0) + 1);
    }
    const lacking = new NotableRows<Lacking>(1_000);
    for (const row of lackingDrivers(nodes)) lacking.add(row, true);
    const limits = new NotableRows<Limit>(1_000);
    for (const [node, { limits: byDriver }] of nodes) {
      for (const [driver, limit] of byDriver) {
        const count = used.get(`${node}/${driver}`) ?? 0;
        if (limit !== undefined && limit > 0 && count * 2 > limit) limits.add({ node, driver, used: count, limit }, count * 4 > limit * 3);
      }
    }
    return { nodes: nodes.size, drivers: drivers.size, dropped: lacking.dropped + limits.dropped, lacking: lacking.rows, limits: limits.rows };
  },
});
