/** Two clusters as lists of objects: one that nobody can fault, and one with a defect of each kind and the finding it must give. */
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Manifest } from '../support/api-server.ts';
import { ago, availableStatus, brokenStatus, CANARY, goodContainer, node, pod, podSpec, runningStatus, TIMES, workload } from './objects.ts';

const { MINUTE, HOUR, DAY } = TIMES;

/** What the broken cluster must be found to have. */
export interface Expected {
  readonly check: string;
  readonly severity: Severity;
  /** Part of the finding's scope name. */
  readonly name: string;
}

const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const meta = (name: string, ns?: string): Manifest['metadata'] => ({ name, ...(ns && { namespace: ns }), labels: { note: CANARY }, annotations: { note: CANARY } });
const serviceAccount = (ns: string, name: string): Manifest => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(name, ns), automountServiceAccountToken: false });
const priorityClass: Manifest = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: meta('business'), value: 1_000, globalDefault: false };

function leader(now: number, name: string): Manifest {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      holderIdentity: `${CANARY}_1`,
      leaseDurationSeconds: 15,
      renewTime: new Date((now - 2) * 1_000).toISOString().replace('Z', '000Z'),
      acquireTime: new Date((now - 3_600) * 1_000).toISOString().replace('Z', '000Z'),
      leaseTransitions: 1,
    },
  };
}
/** A Deployment with its two running pods on two nodes. */
function application(
  now: number,
  ns: string,
  name: string,
  nodes: readonly [string, string],
  over: { template?: Record<string, unknown>; labels?: Readonly<Record<string, string>> } = {},
): Manifest[] {
  return [
    workload({
      kind: 'Deployment',
      namespace: ns,
      name,
      template:
        over.template ??
        podSpec({
          topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: name } } }],
        }),
      status: availableStatus(now),
    }),
    ...nodes.map((at, index) =>
      pod({
        namespace: ns,
        name: `${name}-5d8f9c7b6d-${'ab'[index]}bcd${index}`,
        owner: `${name}-5d8f9c7b6d`,
        node: at,
        labels: { app: name, 'pod-template-hash': '5d8f9c7b6d', ...over.labels },
        status: runningStatus(now),
      }),
    ),
  ];
}
function dns(now: number, nodes: readonly [string, string]): Manifest[] {
  return [
    ...application(now, 'kube-system', 'coredns', nodes, {
      labels: { 'k8s-app': 'kube-dns' },
      template: podSpec({ priorityClassName: 'system-cluster-critical', serviceAccountName: 'coredns' }),
    }),
    serviceAccount('kube-system', 'coredns'),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      spec: { clusterIP: '10.0.0.10', selector: { 'k8s-app': 'kube-dns' }, ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] },
    },
    slice('kube-system', 'kube-dns', [{ name: 'dns', port: 53 }], 2),
    {
      apiVersion: 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'coredns' } } },
      status: { expectedPods: 2, currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1, observedGeneration: 1 },
    },
  ];
}
function slice(ns: string, service: string, ports: readonly object[], ready: number, notReady = 0): Manifest {
  const endpoint = (index: number, isReady: boolean): object => ({
    addresses: [`10.1.2.${index + 10}`],
    conditions: { ready: isReady },
    topology: { 'kubernetes.io/hostname': `${CANARY}-w${index + 1}` },
  });
  return {
    apiVersion: 'discovery.k8s.io/v1beta1',
    kind: 'EndpointSlice',
    metadata: { name: `${service}-abcde`, namespace: ns, labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    ports,
    endpoints: [...Array.from({ length: ready }, (_, index) => endpoint(index, true)), ...Array.from({ length: notReady }, (_, index) => endpoint(index + 50, false))],
  };
}

/** Three control-plane and three worker nodes, DNS, one application that does everything right. @param now Unix seconds */
export function healthyCluster(now: number): Manifest[] {
  const ns = `${CANARY}-good`;
  const w = (index: number): string => `${CANARY}-w${index}`;
  return [
    namespace(ns, { 'pod-security.kubernetes.io/enforce': 'restricted' }),
    priorityClass,
    serviceAccount(ns, 'app'),
    ...['a', 'b', 'c'].flatMap((zone, index) => [...node(now, { name: `${CANARY}-m${index + 1}`, controlPlane: true, zone }), ...node(now, { name: w(index + 1), zone })]),
    leader(now, 'kube-controller-manager'),
    leader(now, 'kube-scheduler'),
    ...dns(now, [w(1), w(2)]),
    ...application(now, ns, 'web', [w(1), w(2)]),
    {
      apiVersion: 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      metadata: meta('web', ns),
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
      status: { expectedPods: 2, currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1, observedGeneration: 1 },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: meta('web', ns), spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
    slice(ns, 'web', [{ name: 'http', port: 8080 }], 2),
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: meta('quota', ns),
      spec: { hard: { pods: '20', 'requests.cpu': '8' } },
      status: { hard: { pods: '20', 'requests.cpu': '8' }, used: { pods: '2', 'requests.cpu': '200m' } },
    },
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: meta('limits', ns),
      spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' }, default: { cpu: '500m', memory: '256Mi' } }] },
    },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta('default-deny', ns), spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'csi.example.internal',
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ];
}

/** The cluster with the defects, and what must be found. @param now Unix seconds at which it is inspected, hours after the objects were made */
export function brokenCluster(now: number): { readonly objects: Manifest[]; readonly expected: Expected[] } {
  const ns = `${CANARY}-shop`;
  const w = (index: number): string => `${CANARY}-w${index}`;
  const objects: Manifest[] = [namespace(ns), priorityClass, serviceAccount(ns, 'app'), leader(now, 'kube-scheduler'), ...dns(now, [w(4), w(5)])];
  const expected: Expected[] = [];
  const add = (check: string, severity: Severity, name: string, ...made: Manifest[]): void => {
    objects.push(...made);
    expected.push({ check, severity, name });
  };
  const also = (check: string, severity: Severity, name: string): void => void expected.push({ check, severity, name });
  const podOf = (name: string, status: Record<string, unknown>, spec: Record<string, unknown> = {}, at: string | undefined = w(4)): Manifest =>
    pod({ namespace: ns, name, owner: `${name}-77c4d5b9f8`, node: at, spec, status });
  const deployment = (name: string, template: Record<string, unknown>, status = availableStatus(now)): Manifest =>
    workload({ kind: 'Deployment', namespace: ns, name, template, status });

  // Nodes
  objects.push(...node(now, { name: `${CANARY}-m1`, controlPlane: true }), ...node(now, { name: w(4) }), ...node(now, { name: w(5) }));
  add('node-not-ready', 'critical', w(1), ...node(now, { name: w(1), ready: 'False' }));
  add('node-unreachable', 'critical', w(2), ...node(now, { name: w(2), ready: 'Unknown' }));
  add('node-disk-pressure', 'critical', w(3), ...node(now, { name: w(3), pressures: ['DiskPressure', 'MemoryPressure'] }));
  also('node-memory-pressure', 'warning', w(3));
  add('node-cordoned-long', 'warning', w(6), ...node(now, { name: w(6), cordonedSeconds: 3 * DAY }));
  add('node-kubelet-behind', 'warning', w(7), ...node(now, { name: w(7), kubelet: 'v1.15.1' }));

  // Pods
  const crash = {
    restartCount: 40,
    state: { waiting: { reason: 'CrashLoopBackOff', message: CANARY } },
    lastState: { terminated: { reason: 'Error', exitCode: 1, startedAt: ago(now, 20 * MINUTE), finishedAt: ago(now, 10 * MINUTE), message: CANARY } },
  };
  add('pod-crash-loop', 'warning', 'crasher', podOf('crasher', brokenStatus(now, crash)));
  objects.push(pod({ namespace: 'kube-system', name: 'agent-77c4d5b9f8-x1', owner: 'agent-77c4d5b9f8', node: w(4), status: brokenStatus(now, crash) }));
  also('pod-crash-loop', 'critical', 'agent');
  add('pod-image-pull-failing', 'warning', 'puller', podOf('puller', brokenStatus(now, { state: { waiting: { reason: 'ImagePullBackOff', message: CANARY } } }, 'Pending')));
  add(
    'pod-create-failing',
    'warning',
    'configless',
    podOf('configless', brokenStatus(now, { state: { waiting: { reason: 'CreateContainerConfigError', message: CANARY } } }, 'Pending')),
  );
  add(
    'pod-unschedulable',
    'warning',
    'homeless',
    pod({
      namespace: ns,
      name: 'homeless',
      owner: 'homeless-77c4d5b9f8',
      status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: CANARY, lastTransitionTime: ago(now, HOUR) }] },
    }),
  );
  add(
    'pod-oom-killed',
    'warning',
    'hungry',
    podOf(
      'hungry',
      runningStatus(now, {
        containerStatuses: [
          {
            name: 'server',
            ready: true,
            started: true,
            restartCount: 2,
            image: 'x',
            imageID: 'x',
            state: { running: { startedAt: ago(now, HOUR) } },
            lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, startedAt: ago(now, 2 * HOUR), finishedAt: ago(now, HOUR) } },
          },
        ],
      }),
    ),
  );
  add('pod-not-ready', 'warning', 'unready', podOf('unready', brokenStatus(now, { state: { running: { startedAt: ago(now, HOUR) } }, started: true })));
  add('pod-naked', 'warning', 'orphan', pod({ namespace: ns, name: 'orphan', node: w(5), status: runningStatus(now) }));

  // Workloads
  const unavailable = {
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    unavailableReplicas: 2,
    conditions: [
      { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', lastUpdateTime: ago(now, HOUR), lastTransitionTime: ago(now, HOUR) },
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: CANARY, lastUpdateTime: ago(now, HOUR), lastTransitionTime: ago(now, HOUR) },
    ],
  };
  add('workload-replicas-unavailable', 'critical', 'down', deployment('down', podSpec(), unavailable));
  also('workload-rollout-stuck', 'warning', 'down');
  // Since when pods of a DaemonSet are missing is told by the pods themselves.
  objects.push(
    pod({
      namespace: ns,
      name: 'everywhere-x1x1x',
      owner: 'everywhere',
      ownerKind: 'DaemonSet',
      node: w(4),
      status: brokenStatus(now, { state: { running: { startedAt: ago(now, HOUR) } }, started: true }),
    }),
  );
  add(
    'workload-daemonset-unavailable',
    'warning',
    'everywhere',
    workload({
      kind: 'DaemonSet',
      namespace: ns,
      name: 'everywhere',
      status: {
        observedGeneration: 1,
        desiredNumberScheduled: 5,
        currentNumberScheduled: 5,
        numberReady: 3,
        numberAvailable: 3,
        numberUnavailable: 2,
        updatedNumberScheduled: 5,
        numberMisscheduled: 0,
      },
    }),
  );
  add('workload-job-failed', 'warning', 'batch', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: meta('batch', ns),
    spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) } },
    status: {
      failed: 6,
      startTime: ago(now, 2 * HOUR),
      conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: CANARY, lastTransitionTime: ago(now, HOUR) }],
    },
  });
  add('workload-cronjob-suspended', 'info', 'nightly', {
    apiVersion: 'batch/v1beta1',
    kind: 'CronJob',
    metadata: meta('nightly', ns),
    spec: { schedule: '0 3 * * *', suspend: true, jobTemplate: { spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) } } } },
  });
  add('workload-hpa-target-missing', 'warning', 'scaler', {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: meta('scaler', ns),
    spec: { minReplicas: 1, maxReplicas: 5, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' } },
    status: { currentReplicas: 0, desiredReplicas: 0 },
  });
  add('workload-pdb-blocks-drain', 'warning', 'stubborn', {
    apiVersion: 'policy/v1beta1',
    kind: 'PodDisruptionBudget',
    metadata: meta('stubborn', ns),
    spec: { minAvailable: 2, selector: { matchLabels: { app: 'privileged' } } },
    status: { expectedPods: 2, currentHealthy: 2, desiredHealthy: 2, disruptionsAllowed: 0, observedGeneration: 1 },
  });
  const { resources: _resources, readinessProbe: _probe, ...bare } = goodContainer();
  add('workload-image-latest', 'warning', 'sloppy', deployment('sloppy', podSpec({}, { ...bare, image: 'registry.example.internal/app:latest' })));
  also('workload-memory-limits-missing', 'warning', 'sloppy');
  also('workload-readiness-probe-missing', 'warning', 'sloppy');
  add('workload-service-account-missing', 'critical', 'accountless', deployment('accountless', podSpec({ serviceAccountName: 'gone' })));

  // Security
  add('security-privileged-container', 'critical', 'privileged', deployment('privileged', podSpec({}, { ...goodContainer(), securityContext: { privileged: true } })));
  const privilegedSpec = podSpec({}, { ...goodContainer(), securityContext: { privileged: true } });
  add('security-privileged-container', 'critical', 'bare', pod({ namespace: ns, name: 'bare', node: w(5), spec: privilegedSpec, status: runningStatus(now) }));
  const ofOperator = { namespace: ns, name: 'broker-0', owner: 'broker', ownerKind: 'Kafka', node: w(5), spec: privilegedSpec, status: runningStatus(now) };
  add('security-privileged-container', 'critical', 'broker-0', pod(ofOperator));
  add(
    'security-host-path-sensitive',
    'critical',
    'mounter',
    deployment(
      'mounter',
      podSpec({ volumes: [{ name: 'sock', hostPath: { path: '/var/run/docker.sock' } }] }, { ...goodContainer(), volumeMounts: [{ name: 'sock', mountPath: '/sock' }] }),
    ),
  );
  add('security-host-network', 'warning', 'hostnet', deployment('hostnet', podSpec({ hostNetwork: true }, { ...goodContainer(), ports: undefined })));
  add('security-credential-in-env', 'critical', 'leaky', deployment('leaky', podSpec({}, { ...goodContainer(), env: [{ name: 'DB_PASSWORD', value: `${CANARY}-secret` }] })));
  add('security-rbac-cluster-admin-bound', 'warning', `${CANARY}-admins`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: meta(`${CANARY}-admins`),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: `${CANARY}@example.internal` }],
  });

  // Network
  add(
    'network-service-endpoints-missing',
    'warning',
    'lonely',
    { apiVersion: 'v1', kind: 'Service', metadata: meta('lonely', ns), spec: { selector: { app: 'crasher' }, ports: [{ port: 80 }] } },
    slice(ns, 'lonely', [{ name: '', port: 8080 }], 0, 2),
  );
  add(
    'network-load-balancer-pending',
    'warning',
    'balancer',
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('balancer', ns),
      spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
      status: { loadBalancer: {} },
    },
    slice(ns, 'balancer', [{ name: '', port: 8080 }], 2),
  );
  add('network-ingress-backend-missing', 'warning', 'front', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('front', ns),
    spec: { rules: [{ host: `${CANARY}.example.internal`, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'gone', port: { number: 80 } } } }] } }] },
  });

  // Storage
  add('storage-claim-pending', 'warning', 'waiting', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('waiting', ns),
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'first', resources: { requests: { storage: '1Gi' } } },
    status: { phase: 'Pending' },
  });
  add('storage-claim-lost', 'critical', 'lost', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('lost', ns),
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'first', volumeName: 'gone', resources: { requests: { storage: '1Gi' } } },
    status: { phase: 'Lost' },
  });
  add('storage-volume-failed', 'critical', 'broken-volume', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: meta(`${CANARY}-broken-volume`),
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Delete', csi: { driver: 'csi.example.internal', volumeHandle: CANARY } },
    status: { phase: 'Failed', message: CANARY },
  });
  const defaultClass = (name: string): Manifest => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'csi.example.internal',
    allowVolumeExpansion: true,
  });
  add('storage-class-defaults-several', 'warning', '', defaultClass('first'), defaultClass('second'));

  // Control plane and quotas
  add('control-plane-webhook-backend-missing', 'critical', `${CANARY}-gate`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: meta(`${CANARY}-gate`),
    webhooks: [
      {
        name: 'gate.example.internal',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 10,
        clientConfig: { service: { namespace: ns, name: 'gone', path: '/' } },
        rules: [{ apiGroups: ['example.internal'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['gates'] }],
      },
    ],
  });
  add('control-plane-api-service-unavailable', 'warning', 'v1.zebra.example.internal', {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1.zebra.example.internal' },
    spec: {
      group: 'zebra.example.internal',
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { namespace: ns, name: 'gone' },
    },
  });
  add('capacity-quota-full', 'warning', 'tight', {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: meta('tight', ns),
    spec: { hard: { 'count/configmaps': '2' } },
    status: { hard: { 'count/configmaps': '2' }, used: { 'count/configmaps': '2' } },
  });
  return { objects, expected };
}
