/**
 * What runs in the demo's clusters: the one list that every figure about pods, requests and use is counted from, on the
 * cluster's side and on the machines', so that every total of every page and report adds up.
 */
import type { DemoCluster, Moment } from './world.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
type Kind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Node' | 'CronJob';

/** One workload; amounts are of one pod. */
interface DemoWorkload {
  readonly namespace: string;
  readonly kind: Kind;
  readonly name: string;
  /** Of a DaemonSet and of static pods: one on every node, or on every control-plane node. */
  readonly pods: number | 'nodes' | 'control-planes';
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  readonly cpuUse: number;
  readonly memoryUse: number;
  /** Volumes that each pod claims. */
  readonly volumeBytes?: number;
  /** The wire's word, where it is a component of the platform. */
  readonly component?: string;
  /** Of each pod. */
  readonly restarts?: number;
  /** Runs in the production cluster alone. */
  readonly production?: true;
}
function workload(namespace: string, kind: Kind, name: string, pods: DemoWorkload['pods'], amounts: readonly number[], more: Partial<DemoWorkload> = {}): DemoWorkload {
  const [cpuRequest = 0, memoryRequest = 0, cpuUse = 0, memoryUse = 0] = amounts;
  return { namespace, kind, name, pods, cpuRequest, memoryRequest, cpuUse, memoryUse, ...more };
}

/** Millicores and bytes: CPU asked for, memory asked for, CPU used, memory used. */
export const WORKLOADS: readonly DemoWorkload[] = [
  workload('web', 'Deployment', 'storefront', 3, [250, GIB, 130, 620 * MIB]),
  workload('web', 'Deployment', 'portal', 2, [200, 512 * MIB, 60, 280 * MIB]),
  workload('search', 'Deployment', 'query', 3, [300, 2 * GIB, 220, 1_330 * MIB]),
  workload('payments', 'Deployment', 'checkout', 3, [250, 512 * MIB, 140, 310 * MIB]),
  workload('payments', 'Deployment', 'ledger', 2, [500, GIB, 260, 700 * MIB]),
  workload('payments', 'StatefulSet', 'ledger-db', 3, [500, 4 * GIB, 420, 3_170 * MIB], { volumeBytes: 100 * GIB }),
  workload('payments', 'StatefulSet', 'session-cache', 3, [100, GIB, 60, 520 * MIB], { volumeBytes: 20 * GIB }),
  workload('web', 'StatefulSet', 'order-queue', 3, [200, GIB, 90, 540 * MIB], { volumeBytes: 20 * GIB }),
  workload('reporting', 'Deployment', 'month-end', 2, [500, 2 * GIB, 200, 1_430 * MIB]),
  workload('reporting', 'CronJob', 'nightly', 3, [0, 0, 0, 0]),
  workload('legacy', 'Deployment', 'agent', 4, [750, 3 * GIB, 160, 750 * MIB], { production: true }),
  workload('kube-system', 'Node', 'kube-apiserver', 'control-planes', [250, 0, 410, 900 * MIB]),
  workload('kube-system', 'Node', 'etcd', 'control-planes', [100, 100 * MIB, 90, 410 * MIB]),
  workload('kube-system', 'Node', 'kube-controller-manager', 'control-planes', [200, 0, 60, 120 * MIB], { restarts: 2 }),
  workload('kube-system', 'Node', 'kube-scheduler', 'control-planes', [100, 0, 15, 60 * MIB], { restarts: 2 }),
  workload('kube-system', 'DaemonSet', 'kube-proxy', 'nodes', [0, 0, 12, 45 * MIB], { component: 'kube-proxy' }),
  workload('kube-system', 'DaemonSet', 'calico-node', 'nodes', [250, 0, 55, 150 * MIB], { component: 'cni-agent' }),
  workload('kube-system', 'DaemonSet', 'csi-rbdplugin', 'nodes', [20, 64 * MIB, 5, 60 * MIB], { component: 'csi-node' }),
  workload('kube-system', 'DaemonSet', 'fluent-bit', 'nodes', [100, 128 * MIB, 60, 170 * MIB], { component: 'log-agent' }),
  workload('kube-system', 'Deployment', 'calico-kube-controllers', 2, [0, 0, 5, 40 * MIB], { component: 'cni-controller' }),
  workload('kube-system', 'Deployment', 'coredns', 2, [100, 70 * MIB, 12, 35 * MIB]),
  workload('kube-system', 'Deployment', 'metrics-server', 2, [100, 200 * MIB, 20, 60 * MIB], { component: 'metrics-server' }),
  workload('kube-system', 'Deployment', 'contour', 2, [100, 128 * MIB, 80, 200 * MIB], { component: 'ingress-controller' }),
  workload('kube-system', 'Deployment', 'csi-rbdplugin-provisioner', 2, [20, 64 * MIB, 5, 60 * MIB], { component: 'csi-controller' }),
  workload('monitoring', 'DaemonSet', 'node-exporter', 'nodes', [50, 64 * MIB, 10, 30 * MIB], { component: 'node-exporter' }),
  workload('monitoring', 'Deployment', 'kube-state-metrics', 2, [20, 128 * MIB, 10, 90 * MIB], { component: 'kube-state-metrics' }),
  workload('monitoring', 'StatefulSet', 'prometheus', 2, [300, 2 * GIB, 240, 1_640 * MIB], { component: 'prometheus', volumeBytes: 200 * GIB }),
  workload('monitoring', 'StatefulSet', 'alertmanager', 2, [20, 64 * MIB, 5, 40 * MIB], { component: 'alertmanager', volumeBytes: 10 * GIB }),
  workload('velero', 'Deployment', 'velero', 2, [50, 128 * MIB, 10, 120 * MIB], { component: 'velero' }),
];
const SYSTEM: ReadonlySet<string> = new Set(['kube-system', 'monitoring', 'velero']);
export function isSystem(namespace: string): boolean {
  return SYSTEM.has(namespace);
}

/** A pod while troubles change it. */
export interface DemoPod {
  readonly namespace: string;
  readonly system: boolean;
  readonly kind: Kind;
  readonly owner: string;
  name: string;
  /** Empty while it has none. */
  node: string;
  phase: 'Running' | 'Pending' | 'Succeeded';
  ready: boolean;
  restarts: number;
  cpuRequest: number;
  memoryRequest: number;
  cpuUse: number;
  memoryUse: number;
  volumeBytes: number;
  /** What the API tells besides of a pod that is not well. */
  more?: Readonly<Record<string, unknown>>;
}

/** The test cluster runs the same programs with less. */
const TEST_SHARE = 0.6;

/** All pods of a cluster before anything goes wrong; deployments stand on the workers in turn. */
export function podsOf(
  cluster: Pick<DemoCluster, 'troubled'>,
  nodes: { readonly controlPlanes: readonly string[]; readonly workers: readonly string[] },
  { at }: Moment,
): DemoPod[] {
  const all = [...nodes.controlPlanes, ...nodes.workers];
  return WORKLOADS.filter(({ production }) => cluster.troubled || !production).flatMap((one, index) => {
    const system = isSystem(one.namespace);
    const share = cluster.troubled || system ? 1 : TEST_SHARE;
    const places =
      one.pods === 'nodes'
        ? all
        : one.pods === 'control-planes'
          ? nodes.controlPlanes
          : Array.from({ length: one.pods }, (_, replica) => nodes.workers[(index + replica) % nodes.workers.length] ?? '');
    return places.map((node, replica): DemoPod => {
      const busy = loadAt(at, index + replica);
      return {
        ...{ namespace: one.namespace, system, kind: one.kind, owner: one.name, name: nameOf(one, node, replica), node, restarts: one.restarts ?? 0 },
        ...{ phase: one.kind === 'CronJob' ? 'Succeeded' : 'Running', ready: one.kind !== 'CronJob', volumeBytes: one.volumeBytes ?? 0 },
        ...{ cpuRequest: Math.round(one.cpuRequest * share), memoryRequest: Math.round(one.memoryRequest * share) },
        ...{ cpuUse: one.cpuUse * share * busy, memoryUse: one.memoryUse * share * (1 + (busy - 1) / 5) },
      };
    });
  });
}
function nameOf({ kind, name }: DemoWorkload, node: string, replica: number): string {
  const letters = (seed: number): string => (((seed * 2_654_435_761) % 2 ** 32) + 2 ** 31).toString(36).slice(-5);
  if (kind === 'StatefulSet') return `${name}-${replica}`;
  if (kind === 'Node') return `${name}-${node}`;
  if (kind === 'DaemonSet') return `${name}-${letters(replica + 1)}`;
  return `${name}-${letters(name.length)}${letters(name.length + 7)}-${letters(replica + 11)}`;
}

/** -1 … 1 over a day in China, reproducible. */
export function wave(at: number, phase: number): number {
  return Math.sin(((at / 3_600 + 8 + phase) / 24) * 2 * Math.PI);
}
/** Around 1: busier by day than by night and on working days than at weekends, no two days quite alike. */
function loadAt(at: number, phase: number): number {
  const day = Math.floor((at / 3_600 + 8) / 24);
  const weekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
  const odd = (((day * 48_271 + phase * 16_807) % 1_009) / 1_009 - 0.5) * 0.12;
  return (1 + 0.2 * wave(at, phase % 5)) * (weekend ? 0.88 : 1) + odd;
}
