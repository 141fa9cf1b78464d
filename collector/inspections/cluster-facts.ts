/** From cluster sections to the facts that reports print. */
import type { GathererReport } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { ClusterFacts, ComponentFacts, EtcdFacts, Fact, NodeFacts, PlatformFacts, Rows, StorageFacts, WorkloadKindFacts } from '../../reports/model.ts';
import { factOf, systemName } from './host-facts.ts';

export function clusterFactsOf(sections: SomeSections, gatherers: readonly GathererReport[]): ClusterFacts {
  return {
    platform: factOf('apiServer', sections, gatherers, (server) => platformOf(server, sections)),
    nodes: factOf('nodes', sections, gatherers, ({ rows, total }) => ({ rows: nodesOf(rows, sections), total })),
    controlPlane: componentsOf(sections, gatherers),
    etcd: etcdOf(sections, gatherers),
    addons: factOf('addons', sections, gatherers, ({ components, dropped }) => ({
      rows: components.map(({ component, desired, ready, version }): ComponentFacts => ({ name: component, instances: desired, ready, version })),
      total: components.length + dropped,
    })),
    workloads: factOf('workloads', sections, gatherers, workloadKindsOf),
    pods: factOf('pods', sections, gatherers, ({ total, byPhase, restarts }) => ({
      total,
      running: byPhase.Running ?? 0,
      pending: byPhase.Pending ?? 0,
      succeeded: byPhase.Succeeded ?? 0,
      failed: byPhase.Failed ?? 0,
      restarts,
    })),
    storage: storageOf(sections, gatherers),
  };
}

/** Most runtimes and plugins named in one line. */
const MOST_NAMED = 3;

function platformOf({ version, distribution }: NonNullable<SomeSections['apiServer']>, { nodes, addons, namespaces }: SomeSections): PlatformFacts {
  const runtimes = [...new Set(nodes?.rows.map(({ runtime, runtimeVersion }) => [runtime, runtimeVersion].filter((part) => part !== undefined).join(' ')))];
  const isDce = addons?.platform.some(({ namespace }) => namespace === 'ghippo-system') ?? false;
  return {
    kubernetes: version,
    platform: isDce ? 'DaoCloud Enterprise 5' : distribution === 'vanilla' || distribution === 'other' ? undefined : distribution,
    runtime: runtimes.length === 0 ? undefined : `${runtimes.slice(0, MOST_NAMED).join(', ')}${runtimes.length > MOST_NAMED ? ' …' : ''}`,
    networkPlugin: addons && addons.cni !== 'none' ? addons.cni : undefined,
    namespaces: namespaces?.total,
  };
}

type NodeRow = NonNullable<SomeSections['nodes']>['rows'][number];
type Load = NonNullable<SomeSections['pods']>['byNode'][number];
type Use = NonNullable<SomeSections['nodeUsage']>['rows'][number];
function nodesOf(rows: readonly NodeRow[], { pods, nodeUsage }: SomeSections): readonly NodeFacts[] {
  const loads = new Map(pods?.byNode.map((load) => [load.node, load]));
  const uses = new Map(nodeUsage?.rows.map((use) => [use.node, use]));
  // A node that the complete list of pods does not name carries none; in a cut list nobody knows.
  const none = pods !== undefined && pods.nodesDropped === 0 ? 0 : undefined;
  return rows.map((row) => nodeOf(row, loads.get(row.name), uses.get(row.name), none));
}
function nodeOf(row: NodeRow, load: Load | undefined, use: Use | undefined, none: 0 | undefined): NodeFacts {
  return {
    name: row.name,
    controlPlane: row.role === 'control-plane',
    ready: row.ready === 'missing' ? undefined : row.ready === 'true',
    schedulable: !row.unschedulable,
    kubelet: row.kubelet,
    kernel: row.kernel,
    os: systemName(row.os, row.osVersion),
    runtime: [row.runtime, row.runtimeVersion].filter((part) => part !== undefined).join(' '),
    cpuMillicores: row.cpuAllocatableMillicores,
    memoryBytes: row.memoryAllocatableBytes,
    pods: load?.pods ?? none,
    podCapacity: row.podsAllocatable,
    cpuRequestPercent: share(load?.cpuRequestsMillicores ?? none, row.cpuAllocatableMillicores),
    memoryRequestPercent: share(load?.memoryRequestsBytes ?? none, row.memoryAllocatableBytes),
    cpuUsedPercent: share(use?.cpuMillicores, row.cpuAllocatableMillicores),
    memoryUsedPercent: share(use?.memoryBytes, row.memoryAllocatableBytes),
  };
}
function share(part: number | undefined, whole: number): number | undefined {
  return part === undefined || whole <= 0 ? undefined : (part / whole) * 100;
}

/** The API server's word for itself, the leases of the control loops, and the cluster DNS. */
function componentsOf({ apiServer, leaders, clusterDns, ...rest }: SomeSections, gatherers: readonly GathererReport[]): Fact<Rows<ComponentFacts>> {
  if (!apiServer && !leaders && !clusterDns) return factOf('apiServer', rest, gatherers, () => ({ rows: [], total: 0 }));
  const rows: ComponentFacts[] = [];
  if (apiServer || leaders?.apiServers !== undefined) {
    rows.push({
      name: 'kube-apiserver',
      instances: leaders?.apiServers,
      healthy: apiServer?.readyz === undefined ? undefined : apiServer.readyz === 'ok',
      version: apiServer?.version,
    });
  }
  for (const { component, held, transitions } of leaders?.leases ?? []) rows.push({ name: component, healthy: held, leaderChanges: transitions });
  if (clusterDns && clusterDns.kind !== 'none')
    rows.push({ name: clusterDns.workload ?? 'coredns', instances: clusterDns.desired, ready: clusterDns.ready, version: clusterDns.version });
  return { value: { rows, total: rows.length } };
}

function etcdOf(sections: SomeSections, gatherers: readonly GathererReport[]): Fact<EtcdFacts> {
  const { apiMetrics, etcdHost } = sections;
  const facts: EtcdFacts = { databaseBytes: apiMetrics?.etcdDatabaseBytes ?? etcdHost?.dbBytes, quotaPercent: etcdHost?.quotaPercent, newestBackupAt: etcdHost?.newestBackupAt };
  if (Object.values(facts).some((value) => value !== undefined)) return { value: facts };
  return { missing: gatherers.find(({ section }) => section === 'apiMetrics')?.reason ?? (apiMetrics ? 'not-reported' : 'not-gathered') };
}

function workloadKindsOf({ byKind, rows, total, dropped }: NonNullable<SomeSections['workloads']>): Rows<WorkloadKindFacts> {
  const complete = dropped === 0 && rows.length === total;
  const kinds = Object.entries(byKind).filter(([, count]) => (count ?? 0) > 0);
  return {
    rows: kinds
      .map(([kind, count]) => ({ kind, total: count ?? 0, healthy: complete ? rows.filter((row) => row.kind === kind && row.ready >= row.desired).length : undefined }))
      .toSorted((a, b) => b.total - a.total || (a.kind < b.kind ? -1 : 1)),
    total: kinds.length,
  };
}

function storageOf(sections: SomeSections, gatherers: readonly GathererReport[]): Fact<StorageFacts> {
  const { claims, volumes } = sections;
  if (!claims && !volumes) return factOf('claims', sections, gatherers, () => ({}));
  const countOf = (problem: string): number | undefined => (claims && claims.dropped === 0 ? claims.rows.filter((row) => row.problem === problem).length : undefined);
  return { value: { claims: claims?.total, claimsPending: countOf('pending'), claimsLost: countOf('lost'), volumes: volumes?.total } };
}
