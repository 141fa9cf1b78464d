/** Objects of small clusters for the end-to-end tests: a healthy one, and one with many kinds of defect. */
import type { Manifest } from '../support/api-server.ts';

/** Stands in every place that people can write text into; it must never leave. */
export const CANARY = 'zebracanary';

/** RFC 3339, whole seconds. @param now Unix seconds */
export function ago(now: number, seconds: number): string {
  return new Date((now - seconds) * 1_000).toISOString().replace(/\.\d+Z/, 'Z');
}
/** MicroTime of Leases. */
function micro(now: number): string {
  return new Date(now * 1_000).toISOString().replace('Z', '000Z');
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

export interface NodeOptions {
  readonly name: string;
  readonly controlPlane?: boolean;
  readonly ready?: 'True' | 'False' | 'Unknown';
  readonly pressures?: readonly string[];
  readonly cordonedSeconds?: number;
  readonly kubelet?: string;
  readonly zone?: string;
}

/** A Node and its heartbeat Lease. */
export function node(now: number, { name, controlPlane = false, ready = 'True', pressures = [], cordonedSeconds, kubelet = 'v1.20.2', zone = 'a' }: NodeOptions): Manifest[] {
  const since = ago(now, 20 * MINUTE);
  const condition = (type: string, status: string): object => ({
    type,
    status,
    reason: `Kubelet${type}`,
    message: CANARY,
    lastHeartbeatTime: ago(now, 10),
    lastTransitionTime: since,
  });
  const resources = { cpu: '16', memory: '65536Mi', pods: '110', 'ephemeral-storage': '200Gi' };
  const taints = [
    ...(cordonedSeconds === undefined ? [] : [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: ago(now, cordonedSeconds) }]),
    ...(controlPlane ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : []),
  ];
  return [
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'topology.kubernetes.io/zone': zone,
          ...(controlPlane && { 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/master': '' }),
          note: CANARY,
        },
        annotations: { note: CANARY },
      },
      spec: { podCIDR: '10.1.0.0/24', ...(cordonedSeconds !== undefined && { unschedulable: true }), ...(taints.length > 0 && { taints }) },
      status: {
        capacity: resources,
        allocatable: { ...resources, cpu: '15500m', memory: '63488Mi', 'ephemeral-storage': '180Gi' },
        addresses: [
          { type: 'InternalIP', address: '10.9.8.7' },
          { type: 'Hostname', address: name },
        ],
        conditions: [...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => condition(type, pressures.includes(type) ? 'True' : 'False')), condition('Ready', ready)],
        nodeInfo: {
          machineID: `${CANARY}-${name}`, // a machine of its own
          systemUUID: `${CANARY}-${name}`,
          bootID: CANARY,
          kernelVersion: '5.10.0-216.0.0.115.oe2203sp4.x86_64',
          osImage: 'openEuler 22.03 (LTS-SP4)',
          containerRuntimeVersion: 'containerd://1.7.27',
          kubeletVersion: kubelet,
          kubeProxyVersion: kubelet,
          operatingSystem: 'linux',
          architecture: 'amd64',
        },
      },
    },
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace: 'kube-node-lease' },
      spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: micro(ready === 'True' ? now - 5 : now - 600) },
    },
  ];
}

/** A container that no template check can fault. */
export function goodContainer(name = 'server'): Record<string, unknown> {
  return {
    name,
    image: 'registry.example.internal/app:1.2.3',
    imagePullPolicy: 'IfNotPresent',
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    readinessProbe: { httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 10, timeoutSeconds: 2 },
    livenessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 20, timeoutSeconds: 3 },
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    ports: [{ name: 'http', containerPort: 8080 }],
    env: [{ name: 'NOTE', value: CANARY }],
    args: [`--note=${CANARY}`],
  };
}
export function podSpec(over: Record<string, unknown> = {}, container: Record<string, unknown> = goodContainer()): Record<string, unknown> {
  return {
    serviceAccountName: 'app',
    automountServiceAccountToken: false,
    priorityClassName: 'business',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'x' } } }],
    containers: [container],
    ...over,
  };
}

interface PodOptions {
  readonly namespace: string;
  readonly name: string;
  readonly owner?: string | undefined;
  readonly ownerKind?: string;
  readonly node?: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: Record<string, unknown>;
  readonly status: Record<string, unknown>;
}
export function pod({ namespace, name, owner, ownerKind = 'ReplicaSet', node: nodeName, labels = {}, spec = {}, status }: PodOptions): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labels, note: CANARY },
      annotations: { note: `${CANARY} 备注` },
      ...(owner !== undefined && { ownerReferences: [{ apiVersion: 'apps/v1', kind: ownerKind, name: owner, uid: '3f2a7d2e-0000-4000-8000-000000000001', controller: true }] }),
    },
    spec: { ...podSpec({ topologySpreadConstraints: undefined, priorityClassName: undefined, serviceAccountName: 'default', ...spec }), ...(nodeName && { nodeName }) },
    status,
  };
}
export function runningStatus(now: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  const condition = (type: string): object => ({ type, status: 'True', lastTransitionTime: ago(now, HOUR) });
  return {
    phase: 'Running',
    startTime: ago(now, HOUR),
    qosClass: 'Burstable',
    podIP: '10.1.2.3',
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
    containerStatuses: [
      {
        name: 'server',
        ready: true,
        started: true,
        restartCount: 0,
        image: 'x',
        imageID: 'x',
        containerID: `containerd://${CANARY}`,
        state: { running: { startedAt: ago(now, HOUR) } },
        lastState: {},
      },
    ],
    ...over,
  };
}
/** A pod whose only container is not well, in the given state. */
export function brokenStatus(now: number, container: Record<string, unknown>, phase = 'Running', seconds = HOUR): Record<string, unknown> {
  return {
    phase,
    startTime: ago(now, seconds),
    message: CANARY,
    qosClass: 'Burstable',
    conditions: [
      { type: 'Initialized', status: 'True', lastTransitionTime: ago(now, seconds) },
      { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: CANARY, lastTransitionTime: ago(now, seconds) },
      { type: 'ContainersReady', status: 'False', lastTransitionTime: ago(now, seconds) },
      { type: 'PodScheduled', status: 'True', lastTransitionTime: ago(now, seconds) },
    ],
    containerStatuses: [{ name: 'server', ready: false, started: false, restartCount: 0, image: 'x', imageID: 'x', state: {}, lastState: {}, ...container }],
  };
}

export interface WorkloadOptions {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly namespace: string;
  readonly name: string;
  readonly replicas?: number;
  readonly template?: Record<string, unknown>;
  readonly status: Record<string, unknown>;
}
export function workload({ kind, namespace, name, replicas = 2, template = podSpec(), status }: WorkloadOptions): Manifest {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace, labels: { note: CANARY }, annotations: { note: CANARY } },
    spec: {
      selector: { matchLabels: labels },
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      template: { metadata: { labels }, spec: template },
    },
    status,
  };
}
export function availableStatus(now: number, replicas = 2): Record<string, unknown> {
  const condition = (type: string, reason: string): object => ({
    type,
    status: 'True',
    reason,
    message: CANARY,
    lastUpdateTime: ago(now, HOUR),
    lastTransitionTime: ago(now, HOUR),
  });
  return {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    conditions: [condition('Available', 'MinimumReplicasAvailable'), condition('Progressing', 'NewReplicaSetAvailable')],
  };
}

/** Times that the defects use. */
export const TIMES = { MINUTE, HOUR, DAY } as const;
