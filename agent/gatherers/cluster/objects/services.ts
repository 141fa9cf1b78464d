import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, numberAt, objectAt, textAt } from '../../../kube/read.ts';
import { DEPLOYMENTS, ENDPOINT_SLICES, ENDPOINTS, listing, SERVICES, STATEFUL_SETS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { SERVICE_TYPES } from '../../../wire/sections/cluster/objects-network.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf, memberOf, podLabelsOf, selects } from './api-object.ts';
import { knownService } from './known-services.ts';
import { NamespaceCounts } from './namespace-counts.ts';
import { NotableRows } from './notable-rows.ts';
import { type EndpointTally, endpointsByService } from './service-endpoints.ts';

export type ServiceRow = Sections['services']['rows'][number];
interface Candidate {
  readonly row: ServiceRow;
  /** Kept only while it is undecided whether the workload is scaled to zero. */
  readonly selector: Json | undefined;
  /** `namespace/name` that an external name of this cluster points to. */
  readonly target: string | undefined;
}

/** Projects a Service and what is known of its endpoints. */
export function toServiceRow(service: Json, tally: EndpointTally | undefined): ServiceRow {
  const type = memberOf(SERVICE_TYPES, textAt(service, 'spec', 'type') ?? 'ClusterIP', 'other');
  const ports = listAt(service, 'spec', 'ports');
  const hasEndpoints = tally !== undefined && tally.ready + tally.notReady > 0;
  const selector = Object.keys(objectAt(service, 'spec', 'selector')).length > 0;
  const policy = textAt(service, 'spec', 'externalTrafficPolicy');
  const name = nameOf(service);
  return {
    namespace: namespaceOf(service),
    name,
    system: isSystemNamespace(namespaceOf(service)),
    type,
    selector,
    headless: textAt(service, 'spec', 'clusterIP') === 'None',
    ports: ports.length,
    ready: tally?.ready ?? 0,
    notReady: tally?.notReady ?? 0,
    unmatchedPorts: selector && hasEndpoints ? ports.filter((port) => !tally.offers(textAt(port, 'name') ?? '')).length : 0,
    scaledToZero: false,
    addressPending: type === 'LoadBalancer' && listAt(service, 'status', 'loadBalancer', 'ingress').length === 0,
    nodePorts: ports.filter((port) => (numberAt(port, 'nodePort') ?? 0) > 0).length,
    externalIPs: listAt(service, 'spec', 'externalIPs').length,
    externalName: type === 'ExternalName' ? (isAddress(textAt(service, 'spec', 'externalName') ?? '') ? 'address' : 'name') : 'none',
    trafficPolicy: policy === 'Local' || policy === 'Cluster' ? policy : 'none',
    sessionAffinity: textAt(service, 'spec', 'sessionAffinity') === 'ClientIP',
    known: knownService(
      name,
      ports.map((port) => numberAt(port, 'port') ?? 0),
    ),
    createdAt: createdAtOf(service),
  };
}

/** An address in digits, where a DNS name belongs. */
function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || (name.includes(':') && /^[0-9a-f:]{2,45}$/i.test(name));
}
/** `namespace/name` of the Service of this cluster that an external name points to. */
export function targetOf(externalName: string | undefined): string | undefined {
  const match = /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(\.cluster\.local)?\.?$/.exec(externalName?.slice(0, 253) ?? '');
  return match ? `${match[2]}/${match[1]}` : undefined;
}

function lacksEndpoints({ type, ready, selector, headless }: ServiceRow): boolean {
  return type !== 'ExternalName' && ready === 0 && (selector || !headless);
}
function isExposed({ type, externalIPs }: ServiceRow): boolean {
  return type === 'NodePort' || type === 'LoadBalancer' || externalIPs > 0;
}
/** Whether something about it is wrong or needs a decision. */
export function isNotable(row: ServiceRow): boolean {
  const isBroken = lacksEndpoints(row) || row.unmatchedPorts > 0 || row.addressPending || row.externalName === 'address';
  return isBroken || row.externalIPs > 0 || (row.known !== 'none' && isExposed(row));
}

/** Candidates by namespace that have a selector and not a single endpoint. */
function withoutPods(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const byNamespace = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (!candidate.selector || candidate.row.notReady > 0) continue;
    const known = byNamespace.get(candidate.row.namespace);
    if (known) known.push(candidate);
    else byNamespace.set(candidate.row.namespace, [candidate]);
  }
  return byNamespace;
}

/** Rows whose selector matches pods of a workload with zero replicas. Workloads are listed only when there is a row to ask for. */
async function scaledToZero(candidates: readonly Candidate[], cluster: Cluster, signal: AbortSignal): Promise<ReadonlySet<ServiceRow>> {
  const undecided = withoutPods(candidates);
  const found = new Set<ServiceRow>();
  if (undecided.size === 0) return found;
  for (const resource of [DEPLOYMENTS, STATEFUL_SETS]) {
    for await (const workload of cluster.list(resource, signal)) {
      if (numberAt(workload, 'spec', 'replicas') !== 0) continue;
      const labels = podLabelsOf(workload);
      for (const { row, selector } of undecided.get(namespaceOf(workload)) ?? []) if (selector && selects(selector, labels)) found.add(row);
    }
  }
  return found;
}

export const services = clusterGatherer({
  section: 'services',
  needs: [SERVICES, ENDPOINT_SLICES, ENDPOINTS, DEPLOYMENTS, STATEFUL_SETS].map(listing),
  deadlineMs: 300_000,

  async gather(cluster, signal) {
    const endpoints = await endpointsByService(cluster, signal);
    const candidates = new NotableRows<Candidate>(3_000);
    const namespaces = new NamespaceCounts(2_000, ['singleEndpoint', 'nodePort']);
    const byType: Partial<Record<ServiceRow['type'], number>> = {};
    const known = new Set<string>();
    let nodePorts = 0;
    for await (const item of cluster.list(SERVICES, signal)) {
      const key = `${namespaceOf(item)}/${nameOf(item)}`;
      const row = toServiceRow(item, endpoints.get(key));
      const target = row.type === 'ExternalName' ? targetOf(textAt(item, 'spec', 'externalName')) : undefined;
      known.add(key);
      byType[row.type] = (byType[row.type] ?? 0) + 1;
      nodePorts += row.nodePorts;
      if (!row.system && row.type === 'NodePort') namespaces.add(row.namespace, 'nodePort');
      if (!row.system && row.selector && row.ready === 1) namespaces.add(row.namespace, 'singleEndpoint');
      if (target !== undefined) candidates.add({ row, target, selector: undefined }, false);
      else if (isNotable(row)) candidates.add({ row, target, selector: lacksEndpoints(row) && row.selector ? objectAt(item, 'spec', 'selector') : undefined }, true);
    }
    const idle = await scaledToZero(candidates.rows, cluster, signal);
    const rows = candidates.rows.flatMap(({ row, target }): ServiceRow[] => {
      if (target !== undefined) return known.has(target) ? [] : [{ ...row, externalName: 'missing-service' }];
      return [idle.has(row) ? { ...row, scaledToZero: true } : row];
    });
    return { total: known.size, byType, nodePorts, dropped: candidates.dropped + namespaces.dropped, namespaces: namespaces.rows, rows };
  },
});
