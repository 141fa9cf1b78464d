/** The shape of a gatherer: one unit that reads one section, and says what it needs for it. */
import type { Host } from '../host/host.ts';
import type { Cluster } from '../kube/cluster.ts';
import type { SectionName, Sections } from '../wire/section-values.ts';
import type { Reason } from '../wire/vocabulary.ts';

/**
 * What a gatherer touches. The union over all gatherers is what the chart mounts and grants, no more and no less.
 * `mount`: a host path, read-only; `optional` when the section says as much without it, only less certainly or from elsewhere. `api`: a resource and its verbs. `url`: a non-resource path of the API server.
 * `socket`: a unix socket or loopback port of the node. `command`: an external program, absolute. `network`: a protocol to the outside.
 */
export type Need =
  | { readonly mount: string; readonly optional?: true }
  | { readonly api: string; readonly group: string; readonly verbs: readonly ('get' | 'list' | 'watch')[] }
  | { readonly url: string }
  | { readonly socket: string }
  | { readonly command: string }
  | { readonly network: string };

interface GathererBase<S extends SectionName> {
  readonly section: S;
  readonly needs: readonly Need[];
  /** After this many milliseconds the gatherer is given up: status `failed`, reason `timeout`. */
  readonly deadlineMs: number;
  /** Begun before the others: it reads or waits longest, and the run ends no sooner than it. */
  readonly beginsFirst?: true;
}
/** Reads the machine. Must stop when `signal` aborts. */
export interface HostGatherer<S extends SectionName = SectionName> extends GathererBase<S> {
  readonly domain: 'host';
  gather(host: Host, signal: AbortSignal): Promise<Sections[S]>;
}
/** Reads the API server, `get` and `list` only. Must stop when `signal` aborts. */
export interface ClusterGatherer<S extends SectionName = SectionName> extends GathererBase<S> {
  readonly domain: 'cluster';
  gather(cluster: Cluster, signal: AbortSignal): Promise<Sections[S]>;
}
export type Gatherer = HostGatherer | ClusterGatherer;

export function hostGatherer<const S extends SectionName>(spec: Omit<HostGatherer<S>, 'domain'>): HostGatherer {
  return { domain: 'host', ...spec } as unknown as HostGatherer; // the registry is a plain list; the section's type was checked above
}
export function clusterGatherer<const S extends SectionName>(spec: Omit<ClusterGatherer<S>, 'domain'>): ClusterGatherer {
  return { domain: 'cluster', ...spec } as unknown as ClusterGatherer;
}

/** The thing does not exist here: no failure, and the checks that read it do not apply. */
export class AbsentError extends Error {
  override readonly name = 'AbsentError';
  readonly reason: Reason;
  constructor(reason: Extract<Reason, 'not-present' | 'not-served' | 'not-in-use' | 'not-a-node'>) {
    super(reason);
    this.reason = reason;
  }
}
/** The thing may exist, but could not be read for this reason: the checks that read it answer `unknown`. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly reason: Reason;
  constructor(reason: Reason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
