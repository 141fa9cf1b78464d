import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, nameOf, namespaceOf, numberAt, textAt } from '../../../kube/read.ts';
import { CSI_NODES, DAEMON_SETS, DEPLOYMENTS, ENDPOINT_SLICES, ENDPOINTS, listing, PODS, type Resource, SERVICES } from '../../../kube/resources.ts';
import { AbsentError, clusterGatherer } from '../../gatherer.ts';
import { conditionOf, imageVersionOf, labelOf } from './api-object.ts';
import { endpointsByService } from './service-endpoints.ts';

/** kubeadm, kubespray, k3s and RKE2 all keep this label of the first DNS add-on, whatever they call the objects. */
const LABEL = 'k8s-app';
const VALUE = 'kube-dns';
const NAMESPACE = 'kube-system';

interface Replicas {
  readonly workload?: string;
  readonly kind: 'Deployment' | 'DaemonSet' | 'none';
  readonly desired: number;
  readonly ready: number;
  readonly version?: string | undefined;
  readonly unreadySince?: number | undefined;
}

/** Objects of the cluster DNS; the label is looked at again, because a server may ignore the selector. */
async function* ofDns(cluster: Cluster, resource: Resource, signal: AbortSignal): AsyncGenerator<Json> {
  for await (const item of cluster.list(resource, signal, { labelSelector: `${LABEL}=${VALUE}` })) {
    if (labelOf(item, LABEL) === VALUE && namespaceOf(item) === NAMESPACE) yield item;
  }
}

async function replicasOf(cluster: Cluster, signal: AbortSignal): Promise<Replicas> {
  for await (const item of ofDns(cluster, DEPLOYMENTS, signal)) {
    const available = conditionOf(item, 'Available');
    return {
      workload: nameOf(item),
      kind: 'Deployment',
      version: imageVersionOf(item),
      unreadySince: available?.status === 'False' ? available.since : undefined,
      desired: numberAt(item, 'spec', 'replicas') ?? 1,
      ready: numberAt(item, 'status', 'readyReplicas') ?? 0,
    };
  }
  for await (const item of ofDns(cluster, DAEMON_SETS, signal)) {
    if (nameOf(item).includes('local')) continue; // kubespray labels the node-local cache like the DNS itself
    return {
      workload: nameOf(item),
      kind: 'DaemonSet',
      version: imageVersionOf(item),
      desired: numberAt(item, 'status', 'desiredNumberScheduled') ?? 0,
      ready: numberAt(item, 'status', 'numberReady') ?? 0,
    };
  }
  return { kind: 'none', desired: 0, ready: 0 };
}

export const clusterDns = clusterGatherer({
  section: 'clusterDns',
  needs: [SERVICES, DEPLOYMENTS, DAEMON_SETS, PODS, CSI_NODES, ENDPOINT_SLICES, ENDPOINTS].map(listing),
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    let service: Json | undefined;
    for await (const item of ofDns(cluster, SERVICES, signal)) {
      if (service === undefined || nameOf(item) === VALUE) service = item;
    }
    const replicas = await replicasOf(cluster, signal);
    if (service === undefined && replicas.kind === 'none') throw new AbsentError('not-present'); // DNS from outside the cluster, or under names we do not know
    const podNodes = new Set<string>();
    for await (const pod of ofDns(cluster, PODS, signal)) {
      const node = textAt(pod, 'spec', 'nodeName');
      if (node !== undefined && conditionOf(pod, 'Ready')?.status === 'True') podNodes.add(node);
    }
    let nodes = 0;
    for await (const _ of cluster.list(CSI_NODES, signal)) nodes += 1; // one for each node, at a hundredth of its size
    const name = nameOf(service);
    const endpoints = service === undefined ? undefined : (await endpointsByService(cluster, signal, name)).get(`${NAMESPACE}/${name}`);
    const address = textAt(service, 'spec', 'clusterIP') ?? '';
    return {
      namespace: NAMESPACE,
      ...replicas,
      podNodes: podNodes.size,
      nodes,
      service: service !== undefined,
      clusterIP: address !== '' && address !== 'None',
      endpoints: endpoints?.ready ?? 0,
    };
  },
});
