/** Objects of every resource that gatherers may list, with a word planted in all their texts. */
import * as RESOURCES from '../../agent/kube/resources.ts';
import { brokenCluster, healthyCluster } from '../e2e/clusters.ts';
import { ago, goodContainer } from '../e2e/objects.ts';
import { collectionPath } from './api-server.ts';

type Resource = RESOURCES.Resource;
const ALL: readonly Resource[] = Object.values(RESOURCES).filter((one): one is Resource => typeof one === 'object' && 'plural' in one);

/** How much is planted: in names and free texts only, or in place of every word. */
const DEGREES = ['free', 'suffix', 'prefix', 'all'] as const;
type Degree = (typeof DEGREES)[number];

/** @param now Unix seconds */
export function plantedObjects(word: string, now: number): (readonly [Resource, readonly object[]])[] {
  const manifests = [...healthyCluster(now), ...brokenCluster(now).objects];
  return ALL.map((resource) => {
    const found = manifests.filter((one) => collectionPath(one).endsWith(`/${resource.plural}`) && (one.apiVersion.split('/').at(-2) ?? '') === resource.group);
    const realistic: object[] = [...found, ...(OTHERS(now)[`${resource.plural}.${resource.group}`] ?? []), GENERIC(now)];
    return [resource, [...DEGREES.flatMap((degree) => realistic.map((one, index) => plant(one, word, degree, `${index}`))), ...wellKnownLike(word)]] as const;
  });
}

/** Names that look like those of the trade, with a word that somebody chose. */
function wellKnownLike(word: string): object[] {
  return [
    `${word}.cilium.io`,
    `v1.${word}.k8s.io`,
    `system:controller:${word}-controller`,
    `systemd-${word}.service`,
    `system:${word}-controller`,
    `${word}.crd.projectcalico.org`,
  ].map((name) => ({
    metadata: { name, namespace: 'kube-system', creationTimestamp: '2026-01-01T00:00:00Z' },
    status: {
      conditions: [
        { type: 'Available', status: 'False', reason: word, message: word },
        { type: 'Established', status: 'False' },
      ],
    },
    spec: { group: `${word}.io`, names: { kind: word } },
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [
      { kind: 'Group', name },
      { kind: 'ServiceAccount', name, namespace: word },
    ],
  }));
}

function plant(value: unknown, word: string, degree: Degree, tag: string, key = ''): object {
  return planted(value, word, degree, tag, key, false) as object; // an object gives an object
}
const STRUCTURE = /^(apiVersion|kind|type|status|phase|effect|operator|protocol|scheme|policy|.*Policy|.*Type|.*Mode|verbs|accessModes|qosClass|resources|apiGroups|namespace)$/;
const MACHINE = /^(\d{4}-\d\d-\d\dT.*|[\d.]+([KMGTP]i?|m|k)?|\d+\/\d+|true|false|True|False|Unknown)$/;

function planted(value: unknown, word: string, degree: Degree, tag: string, key: string, free: boolean): unknown {
  if (Array.isArray(value)) {
    const more = typeof value[0] === 'string' && degree === 'suffix' ? [word] : [];
    return [...value.map((one: unknown) => planted(one, word, degree, tag, key, free)), ...more];
  }
  if (typeof value === 'string') return plantedText(value, word, degree, key === 'name' ? tag : '', STRUCTURE.test(key) && !free);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([inner, one]) => [inner, planted(one, word, degree, tag, inner, key === 'labels' || key === 'annotations')] as const);
  return Object.fromEntries(
    OPEN.test(key) ? [...entries, [word, key === 'hard' || key === 'capacity' ? '5' : word] as const, [`${word}.example.com/${word}`, '7'] as const] : entries,
  );
}
/** Objects whose keys are somebody's own words. */
const OPEN = /^(labels|annotations|capacity|allocatable|hard|used|limits|requests|matchLabels|nodeSelector|parameters|data)$/;

function plantedText(value: string, word: string, degree: Degree, tag: string, structure: boolean): string {
  if (MACHINE.test(value) || (structure && degree === 'free')) return value;
  if (degree === 'all') return word;
  return degree === 'prefix' ? `${word}.${value}` : `${value}-${word}${tag}`;
}

/** Every usual field of an object at once: no resource has them all, and none of them may leave. */
function GENERIC(now: number): object {
  const condition = (type: string): object => ({ type, status: 'False', reason: 'SomeReason', message: 'some words', lastTransitionTime: ago(now, 90_000) });
  return {
    metadata: {
      name: 'generic',
      namespace: 'team',
      uid: 'some-uid',
      creationTimestamp: ago(now, 900_000),
      deletionTimestamp: ago(now, 90_000),
      finalizers: ['example.com/protect'],
      generateName: 'generic-',
      labels: { app: 'generic' },
      annotations: { note: 'words' },
      ownerReferences: [{ kind: 'Owner', name: 'owner', controller: true }],
    },
    type: 'Warning',
    reason: 'FailedScheduling',
    message: 'some words',
    note: 'some words',
    count: 50,
    provisioner: 'example.com/provisioner',
    handler: 'handler',
    involvedObject: { kind: 'Pod', name: 'one', namespace: 'team', fieldPath: 'spec.containers{server}' },
    source: { component: 'kubelet', host: 'node' },
    firstTimestamp: ago(now, 600),
    lastTimestamp: ago(now, 60),
    spec: {
      replicas: 3,
      holderIdentity: 'holder_1',
      renewTime: ago(now, 5),
      leaseDurationSeconds: 15,
      ingressClassName: 'class',
      gatewayClassName: 'class',
      controllerName: 'example.com/controller',
      controller: 'example.com/controller',
      schedule: '0 2 * * *',
      storageClassName: 'class',
      volumeName: 'volume',
      volumeMode: 'Block',
      nodeName: 'node',
      attacher: 'csi.example.com',
      signerName: 'example.com/signer',
      username: 'user',
      groups: ['system:nodes'],
      usages: ['client auth'],
      secretName: 'secret',
      issuerRef: { name: 'issuer', kind: 'Issuer' },
      dnsNames: ['a.example.com'],
      addresses: ['10.0.0.0/24'],
      ipAddressPools: ['pool'],
      provider: 'aws',
      objectStorage: { bucket: 'bucket' },
      config: { region: 'region' },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [goodContainer()] } },
      rules: [{ host: 'host.example.com', http: { paths: [{ path: '/p', backend: { service: { name: 'service', port: { name: 'http' } } } }] } }],
      tls: [{ hosts: ['host.example.com'], secretName: 'secret' }],
      listeners: [{ name: 'l', protocol: 'HTTPS', hostname: 'host.example.com', port: 443 }],
      parentRefs: [{ name: 'gateway' }],
      drivers: [{ name: 'csi.example.com', nodeID: 'node', allocatable: { count: 5 } }],
      claimRef: { name: 'claim', namespace: 'team' },
      csi: { driver: 'csi.example.com', volumeHandle: 'handle' },
      group: 'example.com',
      version: 'v1',
      service: { name: 'service', namespace: 'team' },
      names: { kind: 'Kind', plural: 'kinds' },
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] },
      hard: { 'requests.cpu': '5' },
      limits: [{ type: 'Container', max: { cpu: '5' } }],
      scaleTargetRef: { kind: 'Deployment', name: 'target' },
      metrics: [{ type: 'Resource', resource: { name: 'cpu' } }],
      selector: { matchLabels: { app: 'x' } },
      taints: [{ key: 'key', value: 'value', effect: 'NoSchedule' }],
      externalName: 'db.example.com',
      loadBalancerIP: '10.0.0.9',
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
    status: {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'some words',
      state: 'pending',
      error: { message: 'words' },
      version: '1',
      conditions: ['Ready', 'Available', 'Progressing', 'Established', 'Accepted', 'Programmed', 'Issuing', 'Example'].map(condition),
      listeners: [{ name: 'l', conditions: [condition('Ready')] }],
      parents: [{ controllerName: 'example.com/x', conditions: [condition('Accepted')] }],
      acceptedNames: { kind: 'Kind' },
      storedVersions: ['v1'],
      attachError: { message: 'words', time: ago(now, 600) },
      failureReason: 'words',
      validationErrors: ['words'],
      hard: { 'requests.cpu': '5' },
      used: { 'requests.cpu': '5' },
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu' } }],
      loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] },
      nodeInfo: {
        kubeletVersion: 'v1.30.1',
        kubeProxyVersion: 'v1.30.1',
        containerRuntimeVersion: 'containerd://1.7.2',
        kernelVersion: '5.10.0',
        osImage: 'openEuler 22.03',
        architecture: 'amd64',
        operatingSystem: 'linux',
      },
      notAfter: ago(now, 900),
    },
    webhooks: [
      {
        name: 'hook.example.com',
        failurePolicy: 'Fail',
        clientConfig: { url: 'https://hook.example.com', caBundle: 'Y2E=' },
        rules: [{ apiGroups: ['*'], resources: ['*'], operations: ['*'], apiVersions: ['*'] }],
        timeoutSeconds: 30,
        sideEffects: 'Some',
      },
    ],
    subjects: [
      { kind: 'User', name: 'user' },
      { kind: 'ServiceAccount', name: 'account', namespace: 'team' },
    ],
    roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
    rules: [{ apiGroups: ['*'], resources: ['secrets'], verbs: ['*'], resourceNames: ['one'], nonResourceURLs: ['/x'] }],
    endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: false }, nodeName: 'node', targetRef: { kind: 'Pod', name: 'one' } }],
    subsets: [{ notReadyAddresses: [{ ip: '10.0.0.1', hostname: 'one' }] }],
    usage: { cpu: '100m', memory: '100Mi' },
    containers: [{ name: 'one', usage: { cpu: '100m', memory: '5Mi' } }],
    secrets: [{ name: 'secret' }],
    imagePullSecrets: [{ name: 'secret' }],
    value: 1_000,
    description: 'words',
    parameters: { type: 'ssd' },
  };
}

function OTHERS(now: number): Readonly<Record<string, readonly object[]>> {
  const meta = { name: 'other', namespace: 'team', creationTimestamp: ago(now, 900_000) };
  return {
    'nodes.metrics.k8s.io': [{ metadata: { name: 'node-1' }, usage: { cpu: '100m', memory: '5Gi' } }],
    'csinodes.storage.k8s.io': [{ metadata: { name: 'node-1' }, spec: { drivers: [{ name: 'csi.example.com', allocatable: { count: 3 } }] } }],
    'volumeattachments.storage.k8s.io': [
      {
        metadata: meta,
        spec: { attacher: 'csi.example.com', nodeName: 'node-1', source: { persistentVolumeName: 'pv' } },
        status: { attached: false, attachError: { message: 'words' } },
      },
    ],
    'certificates.cert-manager.io': [
      { metadata: meta, spec: { secretName: 's' }, status: { notAfter: ago(now, -90_000), conditions: [{ type: 'Ready', status: 'False', reason: 'Failed', message: 'words' }] } },
    ],
    'backups.velero.io': [{ metadata: meta, status: { phase: 'PartiallyFailed', completionTimestamp: ago(now, 90_000) } }],
  };
}
