import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, nameOf, namespaceOf, textAt } from '../../../kube/read.ts';
import { CSI_NODES, DAEMON_SETS, DEPLOYMENTS, ENDPOINT_SLICES, ENDPOINTS, following, listing, PODS, type Resource, SERVICES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, clusterGatherer } from '../../gatherer.ts';
import { replicasOf } from './addons.ts';
import { conditionOf, imageVersionOf, labelOf } from './api-object.ts';
import { endpointsByService } from './service-endpoints.ts';

/** kubeadm, kubespray, k3s and RKE2 all keep this label of the first DNS add-on, whatever they call the objects. */
const LABEL = 'k8s-app';
const VALUE = 'kube-dns';
const NAMESPACE = 'kube-system';

export interface DnsReplicas {
  readonly workload: string;
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly desired: number;
  readonly ready: number;
  readonly version: string | undefined;
  readonly unreadySince?: number | undefined;
}

/** Whether an object belongs to the cluster DNS. */
export function isOfDns(item: Json): boolean {
  return labelOf(item, LABEL) === VALUE && namespaceOf(item) === NAMESPACE;
}

/** Objects of the cluster DNS; the label is looked at again, because a server may ignore the selector. */
async function* ofDns(cluster: Cluster, resource: Resource, signal: AbortSignal): AsyncGenerator<Json> {
  for await (const item of cluster.list(resource, signal, { labelSelector: `${LABEL}=${VALUE}` })) if (isOfDns(item)) yield item;
}

/** The replicas that a workload keeps, `undefined` when it is not the cluster DNS. */
export function dnsReplicasOf(kind: DnsReplicas['kind'], item: Json): DnsReplicas | undefined {
  if (!isOfDns(item)) return undefined;
  const facts = { workload: nameOf(item), kind, version: imageVersionOf(item), ...replicasOf(kind, item) };
  if (kind === 'DaemonSet') return nameOf(item).includes('local') ? undefined : facts; // kubespray labels the node-local cache like the DNS itself
  const available = conditionOf(item, 'Available');
  return { ...facts, unreadySince: available?.status === 'False' ? available.since : undefined };
}

async function readReplicas(cluster: Cluster, signal: AbortSignal): Promise<DnsReplicas | undefined> {
  for (const [kind, resource] of [['Deployment', DEPLOYMENTS] as const, ['DaemonSet', DAEMON_SETS] as const]) {
    for await (const item of ofDns(cluster, resource, signal)) {
      const replicas = dnsReplicasOf(kind, item);
      if (replicas) return replicas;
    }
  }
  return undefined;
}

interface DnsFacts {
  readonly service: { readonly name: string; readonly address: string } | undefined;
  readonly replicas: DnsReplicas | undefined;
  /** Ready ones behind the service. */
  readonly endpoints: number;
  /** Nodes with a ready pod of it. */
  readonly podNodes: number;
  readonly nodes: number;
}
/** @throws AbsentError for DNS from outside the cluster, or under names that we do not know */
export function dnsSection({ service, replicas, endpoints, podNodes, nodes }: DnsFacts): Sections['clusterDns'] {
  if (service === undefined && replicas === undefined) throw new AbsentError('not-present');
  return {
    namespace: NAMESPACE,
    ...(replicas ?? { kind: 'none', desired: 0, ready: 0 }),
    podNodes,
    nodes,
    service: service !== undefined,
    clusterIP: service !== undefined && service.address !== '' && service.address !== 'None',
    endpoints,
  };
}

export const clusterDns = clusterGatherer({
  section: 'clusterDns',
  needs: [...[SERVICES, DEPLOYMENTS, DAEMON_SETS, PODS, ENDPOINT_SLICES, ENDPOINTS].map(following), listing(CSI_NODES)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    let service: Json | undefined;
    for await (const item of ofDns(cluster, SERVICES, signal)) {
      if (service === undefined || nameOf(item) === VALUE) service = item;
    }
    const replicas = await readReplicas(cluster, signal);
    if (service === undefined && replicas === undefined) throw new AbsentError('not-present'); // before anything else is asked for
    const podNodes = new Set<string>();
    for await (const pod of ofDns(cluster, PODS, signal)) {
      const node = textAt(pod, 'spec', 'nodeName');
      if (node !== undefined && conditionOf(pod, 'Ready')?.status === 'True') podNodes.add(node);
    }
    let nodes = 0;
    for await (const _ of cluster.list(CSI_NODES, signal)) nodes += 1; // one for each node, at a hundredth of its size
    const name = nameOf(service);
    const endpoints = service === undefined ? undefined : (await endpointsByService(cluster, signal, name)).get(`${NAMESPACE}/${name}`);
    return dnsSection({
      service: service && { name, address: textAt(service, 'spec', 'clusterIP') ?? '' },
      replicas,
      endpoints: endpoints?.ready ?? 0,
      podNodes: podNodes.size,
      nodes,
    });
  },
});
