/** Endpoints by service, from EndpointSlices or, where those are not served, from Endpoints. */
import type { Cluster, ListOptions } from '../../../kube/cluster.ts';
import { at, boolAt, listAt, nameOf, namespaceOf, textAt } from '../../../kube/read.ts';
import { ENDPOINT_SLICES, ENDPOINTS } from '../../../kube/resources.ts';
import { labelOf } from './api-object.ts';

/** Service ports are few; a slice of a hostile writer may name thousands. */
const MOST_PORTS = 200;
/** A dual-stack pod stands in one slice per family: families are counted apart and the larger count is taken. */
const FAMILIES: readonly string[] = ['IPv4', 'IPv6', 'FQDN'];

/** Counts of one service. */
export class EndpointTally {
  readonly #ready = [0, 0, 0];
  readonly #notReady = [0, 0, 0];
  readonly #ports = new Set<string>();
  #anyPort = false;

  addSlice(slice: unknown): void {
    const family = Math.max(0, FAMILIES.indexOf(textAt(slice, 'addressType') ?? ''));
    for (const endpoint of listAt(slice, 'endpoints')) this.#count(family, boolAt(endpoint, 'conditions', 'ready') !== false, 1);
    if (listAt(slice, 'endpoints').length > 0) this.#addPorts(at(slice, 'ports'));
  }
  /** All subsets of an Endpoints object. */
  addSubsetsOf(endpoints: unknown): void {
    for (const subset of listAt(endpoints, 'subsets')) this.#addSubset(subset);
  }
  #addSubset(subset: unknown): void {
    this.#count(0, true, listAt(subset, 'addresses').length);
    this.#count(0, false, listAt(subset, 'notReadyAddresses').length);
    this.#addPorts(at(subset, 'ports'));
  }
  get ready(): number {
    return Math.max(...this.#ready);
  }
  get notReady(): number {
    return Math.max(...this.#notReady);
  }
  /** @param port name of the service's port, empty when it has none */
  offers(port: string): boolean {
    return this.#anyPort || this.#ports.has(port);
  }

  #count(family: number, ready: boolean, by: number): void {
    const counts = ready ? this.#ready : this.#notReady;
    counts[family] = (counts[family] ?? 0) + by;
  }
  /** A slice without `ports` stands for all of them. */
  #addPorts(ports: unknown): void {
    if (!Array.isArray(ports)) this.#anyPort = true;
    else for (const port of ports.slice(0, MOST_PORTS)) if (this.#ports.size < MOST_PORTS) this.#ports.add(textAt(port, 'name') ?? '');
  }
}

/** Tallies by `namespace/name` of the service: as many as there are services. */
export async function endpointsByService(cluster: Cluster, signal: AbortSignal, only?: string): Promise<ReadonlyMap<string, EndpointTally>> {
  const tallies = new Map<string, EndpointTally>();
  const tallyOf = (namespace: string, service: string): EndpointTally => {
    const key = `${namespace}/${service}`;
    const tally = tallies.get(key) ?? new EndpointTally();
    tallies.set(key, tally);
    return tally;
  };
  if ((await cluster.servedVersion(ENDPOINT_SLICES, signal)) === undefined) {
    const options: ListOptions = only === undefined ? {} : { fieldSelector: `metadata.name=${only}` };
    for await (const item of cluster.list(ENDPOINTS, signal, options)) {
      tallyOf(namespaceOf(item), nameOf(item)).addSubsetsOf(item);
    }
    return tallies;
  }
  const options: ListOptions = only === undefined ? {} : { labelSelector: `kubernetes.io/service-name=${only}` };
  for await (const item of cluster.list(ENDPOINT_SLICES, signal, options)) {
    const service = labelOf(item, 'kubernetes.io/service-name');
    if (service !== undefined) tallyOf(namespaceOf(item), service).addSlice(item);
  }
  return tallies;
}
