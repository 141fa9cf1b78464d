/**
 * The demo's world: what inspections of a synthetic customer's clusters would have read at a moment. Everything is computed
 * from the moment and the distance to "now", so that the troubles stand where a newcomer sees them best. Nothing of it is
 * about a real site.
 */

import type { SomeSections } from '../../agent/wire/section-values.ts';
import { healthyAt } from './healthy.ts';
import { makeServer, makeWorker } from './machines.ts';
import { middlewareOf } from './middleware.ts';
import { objectsOf } from './objects.ts';
import { podSection, sums, usageSection, useOf, workloadSection } from './pods.ts';
import { TROUBLES } from './troubles.ts';
import { type DemoPod, podsOf, wave } from './workloads.ts';

/** A Kubernetes cluster, or machines outside of one (no control planes, `workers` of them). */
export interface DemoCluster {
  readonly name: string;
  readonly kind: 'kubernetes' | 'hosts';
  /** Contract: policy and tier. */
  readonly policy: readonly [id: string, tier: string];
  readonly controlPlanes: number;
  readonly workers: number;
  /** Kubernetes release. */
  readonly version: `v1.${number}.${number}`;
  readonly troubled: boolean;
}
export const DEMO_CLUSTERS: readonly DemoCluster[] = [
  { name: 'demo-prod', kind: 'kubernetes', policy: ['daocloud', 'advanced'], controlPlanes: 3, workers: 4, version: 'v1.35.8', troubled: true },
  { name: 'demo-test', kind: 'kubernetes', policy: ['daocloud', 'advanced'], controlPlanes: 3, workers: 2, version: 'v1.33.4', troubled: false },
  { name: 'demo-core', kind: 'hosts', policy: ['tongtech', 'standard'], controlPlanes: 0, workers: 2, version: 'v1.35.8', troubled: true },
];

/** A moment of the demo. Unix seconds. */
export interface Moment {
  readonly at: number;
  /** When the demo was started: troubles are placed before it. */
  readonly now: number;
}

export function nodeNames({ name, kind, controlPlanes, workers }: DemoCluster): readonly string[] {
  if (kind === 'hosts') return Array.from({ length: workers }, (_, index) => `${name}-${index + 1}`);
  return [...Array.from({ length: controlPlanes }, (_, index) => `${name}-master-${index + 1}`), ...Array.from({ length: workers }, (_, index) => `${name}-worker-${index + 1}`)];
}

let latest: { readonly cluster: DemoCluster; readonly at: number; readonly now: number; readonly pods: readonly DemoPod[] } | undefined;
/** Everything that runs at a moment, troubles included. All agents of a cluster ask in turn for the same moment. */
function running(cluster: DemoCluster, moment: Moment): readonly DemoPod[] {
  if (latest && latest.cluster === cluster && latest.at === moment.at && latest.now === moment.now) return latest.pods;
  const names = nodeNames(cluster);
  const pods = podsOf(cluster, { controlPlanes: names.slice(0, cluster.controlPlanes), workers: names.slice(cluster.controlPlanes) }, moment);
  if (cluster.troubled) for (const trouble of TROUBLES) trouble.pods?.(pods, moment);
  latest = { cluster, at: moment.at, now: moment.now, pods };
  return pods;
}

/** What the node agent of a machine reads. */
export function hostSections(cluster: DemoCluster, node: string, moment: Moment): SomeSections {
  const draft = healthyAt(moment.at, 'host');
  const controlPlane = nodeNames(cluster).indexOf(node) < cluster.controlPlanes;
  if (cluster.kind === 'hosts') makeServer(draft);
  else if (!controlPlane) makeWorker(draft);
  const use = cluster.kind === 'hosts' ? serverUse(nodeNames(cluster).indexOf(node), moment) : useOf(running(cluster, moment), node);
  if (draft.machine) Object.assign(draft.machine, { name: node, controlPlane });
  // The package is the runtime that the API server tells of.
  for (const row of draft.packages?.rows ?? []) if (row.name === 'containerd' && cluster.kind === 'kubernetes') Object.assign(row, { version: '2.1.4-1.oe2403sp3' });
  if (draft.etcdFlags) draft.etcdFlags.initialMemberCount = cluster.controlPlanes;
  if (draft.cpu) {
    const busyPercent = round((use.millicores / (draft.cpu.cores * 1_000)) * 100);
    const systemPercent = round(busyPercent * 0.24);
    Object.assign(draft.cpu, { userPercent: round(busyPercent - systemPercent), systemPercent, busyPercent });
    if (draft.load) {
      const load = round((draft.cpu.cores * busyPercent) / 100);
      Object.assign(draft.load, { load1: load, load5: load, load15: load });
    }
  }
  if (draft.memory) {
    // What the kernel holds besides, and does not give back.
    const usedPercent = round(((use.bytes + 0.4 * 2 ** 30) / draft.memory.totalBytes) * 100);
    Object.assign(draft.memory, { usedPercent, availableBytes: Math.round(draft.memory.totalBytes * (1 - usedPercent / 100)) });
  }
  if (cluster.kind === 'hosts') Object.assign(draft, middlewareOf(cluster, node, [], moment));
  if (cluster.troubled) for (const trouble of TROUBLES) trouble.host?.(draft, node, moment);
  return draft as SomeSections;
}
/** An application server, busy by day. */
function serverUse(number: number, { at }: Moment): { readonly millicores: number; readonly bytes: number } {
  return { millicores: 2_100 + 300 * number + 900 * wave(at, number), bytes: (9.5 + number) * 2 ** 30 };
}

/** What the cluster agent reads. */
export function clusterSections(cluster: DemoCluster, moment: Moment): SomeSections {
  const draft = healthyAt(moment.at, 'cluster');
  const names = nodeNames(cluster);
  const pods = running(cluster, moment);
  const [major = 1, minor = 0] = cluster.version.slice(1).split('.').map(Number);
  if (draft.apiServer) Object.assign(draft.apiServer, { version: cluster.version, major, minor });
  const [template] = draft.nodes?.rows ?? [];
  if (draft.nodes && template) {
    // A kubelet tells the system of its machine.
    const { os } = healthyAt(moment.at, 'host');
    draft.nodes.rows = names.map((name, index) => ({
      ...template,
      ...(index < cluster.controlPlanes ? { role: 'control-plane' as const, dedicated: true } : { role: 'worker' as const }),
      ...{ name, kubelet: cluster.version, kubeletMinor: minor, zone: (index % 3) + 1 },
      ...(os && { os: os.distribution, osVersion: os.release ?? os.versionId, kernel: os.kernel }),
    }));
    Object.assign(draft.nodes, { total: names.length, controlPlanes: cluster.controlPlanes });
  }
  if (draft.nodeUsage) {
    draft.nodeUsage.rows = names.map((node) => {
      const { millicores, bytes } = useOf(pods, node);
      return { node, cpuMillicores: Math.round(millicores), memoryBytes: Math.round(bytes) };
    });
    draft.nodeUsage.total = names.length;
  }
  if (draft.workloadUsage) draft.workloadUsage = usageSection(draft.workloadUsage, pods, () => true);
  if (draft.pods) draft.pods = podSection(draft.pods, pods, names);
  if (draft.workloads) draft.workloads = workloadSection(draft.workloads, pods);
  objectsOf(draft, names, cluster.controlPlanes, pods);
  Object.assign(draft, middlewareOf(cluster, undefined, pods, moment));
  if (cluster.troubled) for (const trouble of TROUBLES) trouble.cluster?.(draft, moment);
  if (draft.workloads) Object.assign(draft.workloads, sums(draft.workloads.rows));
  return draft as SomeSections;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
