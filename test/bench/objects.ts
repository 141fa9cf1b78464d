/** Realistic objects for the benchmarks: a healthy fleet of nodes and pods of about 8 KB each, as an API server hands them out. */
import type { Manifest } from '../support/api-server.ts';

const NOW = new Date().toISOString().replace(/\.\d+Z/, 'Z');

export function node(index: number): Manifest {
  const name = `node-${String(index).padStart(4, '0')}`;
  const condition = (type: string, status: string): object => ({
    type,
    status,
    lastHeartbeatTime: NOW,
    lastTransitionTime: NOW,
    reason: `Kubelet${type}`,
    message: `kubelet reports ${type}`,
  });
  const resources = { cpu: '32', memory: '131072Mi', pods: '110', 'ephemeral-storage': '500Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': `zone-${index % 3}`,
        ...(index < 3 && { 'node-role.kubernetes.io/control-plane': '' }),
      },
    },
    spec: { podCIDR: `10.${128 + (index >> 8)}.${index & 255}.0/24` },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [condition('MemoryPressure', 'False'), condition('DiskPressure', 'False'), condition('PIDPressure', 'False'), condition('Ready', 'True')],
      nodeInfo: {
        machineID: 'a',
        systemUUID: 'b',
        bootID: 'c',
        kernelVersion: '5.10.0-153.12.0.92.oe2203sp2.x86_64',
        osImage: 'openEuler 22.03 (LTS-SP2)',
        containerRuntimeVersion: 'containerd://1.7.27',
        kubeletVersion: 'v1.20.2',
        kubeProxyVersion: 'v1.20.2',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
      images: Array.from({ length: 20 }, (_, image) => ({ names: [`registry.example.internal/library/app-${image}@sha256:${'ab'.repeat(32)}`], sizeBytes: 123_456_789 })),
    },
  };
}

export function pod(index: number, nodes: number): Manifest {
  const app = `app-${String(index % 400).padStart(3, '0')}`;
  const container = (name: string, variables: number): object => ({
    name,
    image: `registry.example.internal/team/${app}-${name}:1.${index % 40}.7`,
    imagePullPolicy: 'IfNotPresent',
    env: Array.from({ length: variables }, (_, variable) => ({ name: `SETTING_${variable}`, value: `value of the setting number ${variable} of ${app}` })),
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    readinessProbe: { httpGet: { path: '/readyz', port: 8080, scheme: 'HTTP' }, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3, successThreshold: 1 },
    livenessProbe: { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, periodSeconds: 20, timeoutSeconds: 3, failureThreshold: 3, successThreshold: 1 },
    securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app' },
      { name: 'data', mountPath: '/data' },
    ],
  });
  const status = (name: string): object => ({
    name,
    ready: true,
    started: true,
    restartCount: 0,
    image: `registry.example.internal/team/${app}-${name}:1.${index % 40}.7`,
    imageID: `registry.example.internal/team/${app}@sha256:${'cd'.repeat(32)}`,
    containerID: `containerd://${'ef'.repeat(32)}`,
    state: { running: { startedAt: NOW } },
    lastState: {},
  });
  const condition = (type: string): object => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: NOW });
  const hash = (0x10_0000 + (index % 400)).toString(36);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${app}-${hash}-${index.toString(36).padStart(5, '0')}`,
      namespace: `team-${index % 40}`,
      labels: {
        app,
        'app.kubernetes.io/name': app,
        'app.kubernetes.io/instance': `${app}-prod`,
        'app.kubernetes.io/version': `1.${index % 40}.7`,
        'app.kubernetes.io/managed-by': 'Helm',
        'pod-template-hash': hash,
      },
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '8080',
        'checksum/config': 'ab'.repeat(32),
        'example.internal/owner': `team-${index % 40}@example.internal`,
        'example.internal/description': 'a description of the application, as people write it. '.repeat(4),
      },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-${hash}`, uid: '3f2a7d2e-0000-4000-8000-000000000000', controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: {
      nodeName: `node-${String(index % nodes).padStart(4, '0')}`,
      serviceAccountName: 'default',
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 30,
      containers: [container('server', 5), container('sidecar', 1)],
      volumes: [
        { name: 'config', configMap: { name: `${app}-config` } },
        { name: 'data', emptyDir: {} },
      ],
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      ],
    },
    status: {
      phase: 'Running',
      hostIP: `10.0.${(index >> 8) & 255}.${index & 255}`,
      podIP: `10.1.${(index >> 8) & 255}.${index & 255}`,
      startTime: NOW,
      qosClass: 'Burstable',
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
      containerStatuses: [status('server'), status('sidecar')],
    },
  };
}

export function namespace(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
