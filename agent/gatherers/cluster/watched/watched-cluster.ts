/**
 * The cluster as the fast path sees it: a dozen watches, projected, and the sections that fast checks read made of them.
 * After the first lists nothing is listed again unless the server no longer knows where we were.
 */
import type { Cluster, Selection } from '../../../kube/cluster.ts';
import { Follower, type FollowOptions } from '../../../kube/follow.ts';
import {
  API_SERVICES,
  DAEMON_SETS,
  DEPLOYMENTS,
  ENDPOINT_SLICES,
  ENDPOINTS,
  NODES,
  PERSISTENT_VOLUME_CLAIMS,
  PERSISTENT_VOLUMES,
  PODS,
  type Resource,
  SERVICES,
  STATEFUL_SETS,
  STORAGE_CLASSES,
} from '../../../kube/resources.ts';
import type { SectionName, Sections } from '../../../wire/section-values.ts';
import type { Reason } from '../../../wire/vocabulary.ts';
import { AbsentError, UnreadableError } from '../../gatherer.ts';
import { WatchedApiServices } from './api-services.ts';
import { WatchedClaims } from './claims.ts';
import { WatchedDns } from './dns.ts';
import { WatchedNodes } from './nodes.ts';
import { WatchedPods } from './pods.ts';
import { WatchedVolumes } from './volumes.ts';
import { WatchedWorkloads } from './workloads.ts';

const WATCHED = {
  pods: PODS,
  nodes: NODES,
  deployments: DEPLOYMENTS,
  statefulSets: STATEFUL_SETS,
  daemonSets: DAEMON_SETS,
  claims: PERSISTENT_VOLUME_CLAIMS,
  storageClasses: STORAGE_CLASSES,
  volumes: PERSISTENT_VOLUMES,
  apiServices: API_SERVICES,
  dnsServices: SERVICES,
  dnsEndpoints: ENDPOINT_SLICES,
} as const satisfies Record<string, Resource>;
type WatchedName = keyof typeof WATCHED;

/** Every resource that is listed and followed, for RBAC. */
export const WATCHED_RESOURCES: readonly Resource[] = [...Object.values(WATCHED), ENDPOINTS];
/** Connections that the watches hold open. */
export const WATCH_COUNT = Object.keys(WATCHED).length;

const DNS: Selection = { namespace: 'kube-system' };
const SELECTIONS: Partial<Record<WatchedName, Selection>> = { dnsServices: { ...DNS, labelSelector: 'k8s-app=kube-dns' }, dnsEndpoints: DNS };

/** Sections made of watches, with the watches that each stands on. */
const SECTIONS = {
  pods: ['pods'],
  nodes: ['nodes'],
  workloads: ['deployments', 'statefulSets', 'daemonSets'],
  addons: ['deployments', 'statefulSets', 'daemonSets', 'nodes'],
  claims: ['claims', 'storageClasses'],
  volumes: ['volumes'],
  apiServices: ['apiServices'],
  clusterDns: ['deployments', 'daemonSets', 'nodes', 'dnsServices', 'dnsEndpoints'],
} as const satisfies Partial<Record<SectionName, readonly WatchedName[]>>;
export type WatchedSection = keyof typeof SECTIONS;
export const WATCHED_SECTIONS = Object.keys(SECTIONS) as readonly WatchedSection[];

export class WatchedCluster {
  readonly #followers: Readonly<Record<WatchedName, Follower>>;
  readonly #make: { readonly [S in WatchedSection]: () => Sections[S] };

  private constructor(followers: Readonly<Record<WatchedName, Follower>>, make: { readonly [S in WatchedSection]: () => Sections[S] }) {
    this.#followers = followers;
    this.#make = make;
  }

  /** @throws KubeError when not even discovery is answered */
  static async open(cluster: Cluster, options: FollowOptions, signal: AbortSignal): Promise<WatchedCluster> {
    const sliced = (await cluster.servedVersion(ENDPOINT_SLICES, signal)) !== undefined;
    const pods = new WatchedPods(cluster.now);
    const nodes = new WatchedNodes(cluster.now);
    const workloads = new WatchedWorkloads(cluster.now);
    const claims = new WatchedClaims();
    const volumes = new WatchedVolumes();
    const apiServices = new WatchedApiServices();
    const dns = new WatchedDns(sliced);
    const targets = {
      pods: pods.held,
      nodes: nodes.held,
      deployments: workloads.held.Deployment,
      statefulSets: workloads.held.StatefulSet,
      daemonSets: workloads.held.DaemonSet,
      claims: claims.held,
      storageClasses: claims.classes,
      volumes: volumes.held,
      apiServices: apiServices.held,
      dnsServices: dns.services,
      dnsEndpoints: dns.endpoints,
    };
    const followers = Object.fromEntries(
      (Object.keys(WATCHED) as WatchedName[]).map((name) => {
        const resource = name === 'dnsEndpoints' && !sliced ? ENDPOINTS : WATCHED[name];
        const selection = SELECTIONS[name];
        return [name, new Follower(cluster, resource, targets[name], { ...options, ...(selection && { selection }) })];
      }),
    ) as Record<WatchedName, Follower>;
    return new WatchedCluster(followers, {
      pods: () => pods.section(),
      nodes: () => nodes.section(),
      workloads: () => workloads.workloads(),
      addons: () => workloads.addons(nodes.held.size),
      claims: () => claims.section(),
      volumes: () => volumes.section(),
      apiServices: () => apiServices.section(),
      clusterDns: () => dns.section(workloads.dns(), nodes.held.size),
    });
  }

  /** Follows until the signal aborts. @throws KubeError `unauthorized` */
  async run(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    try {
      await Promise.all(Object.values(this.#followers).map((follower) => follower.run(both)));
    } finally {
      stop.abort();
    }
  }

  /** A section as of now. @throws AbsentError, UnreadableError with the reason of a watch that it stands on */
  section<S extends WatchedSection>(name: S): Sections[S] {
    for (const one of SECTIONS[name]) {
      const state = this.#followers[one].state;
      if (state.status === 'failed') throw new UnreadableError(state.reason);
      if (state.status === 'absent') throw new AbsentError(absenceOf(state.reason));
    }
    return this.#make[name]();
  }

  /** Sums over all watches, for metrics. */
  get counts(): { readonly lists: number; readonly watches: number; readonly events: number } {
    const sum = { lists: 0, watches: 0, events: 0 };
    for (const { counts } of Object.values(this.#followers)) {
      sum.lists += counts.lists;
      sum.watches += counts.watches;
      sum.events += counts.events;
    }
    return sum;
  }
  /** Whether every watch has had its first list, or an answer that there is none. */
  get settled(): boolean {
    return Object.values(this.#followers).every(({ state }) => state.status !== 'failed' || state.reason !== 'not-gathered');
  }
}

function absenceOf(reason: Reason): 'not-present' | 'not-served' {
  return reason === 'not-present' ? reason : 'not-served';
}
