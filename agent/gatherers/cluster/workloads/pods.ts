import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, nameOf } from '../../../kube/read.ts';
import { following, listing, PERSISTENT_VOLUME_CLAIMS, PODS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { POD_SECTIONS } from '../../../wire/sections/cluster/workloads-pods.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Colocation } from './colocation.ts';
import { LooseTemplates } from './loose-templates.ts';
import { MountedClaims } from './mounted-claims.ts';
import { Notable } from './notable.ts';
import { createdAt, factsOf, hasEnded, POD_RANKS, PodCounts, type PodRow, rankOf } from './pod-facts.ts';
import { type Amounts, amountsOf } from './requests.ts';
import { WorkloadLoads } from './workload-loads.ts';

type Pods = Sections['pods'];

const { abnormal: ABNORMAL, byNode: BY_NODE, byNamespace: BY_NAMESPACE, byWorkload: BY_WORKLOAD, naked: NAKED } = POD_SECTIONS.pods.fields;
/** Namespaces that are counted before the largest are chosen; a cluster with more is beyond what Kubernetes is tested with. */
const MOST_NAMESPACES = 10_000;

interface NodeLoad {
  pods: number;
  tenantPods: number;
  cpuRequest: number;
  memoryRequest: number;
  cpuLimit: number;
  memoryLimit: number;
}
interface NamespaceLoad {
  pods: number;
  ready: number;
  restarts: number;
  cpuRequest: number;
  memoryRequest: number;
}

/** Adds up pods, one at a time. Nothing of a pod is kept but its row, when it is abnormal. */
export class PodTally {
  readonly #now: number;
  readonly #counts = new PodCounts();
  readonly #nodes = new Map<string, NodeLoad>();
  readonly #namespaces = new Map<string, NamespaceLoad>();
  readonly #workloads = new WorkloadLoads();
  readonly #abnormal = new Notable<PodRow>(ABNORMAL.cap, POD_RANKS);
  readonly #naked = new Notable<Pods['naked'][number]>(NAKED.cap, 2);
  readonly #colocation = new Colocation();
  readonly #templates = new LooseTemplates();
  readonly claims = new MountedClaims();
  #nodesDropped = 0;
  #namespacesDropped = 0;

  /** @param now Unix seconds */
  constructor(now: number) {
    this.#now = now;
  }

  add(pod: Json): void {
    const facts = factsOf(pod, this.#now);
    const { counted, namespace, node, owner, spec, row } = facts;
    const ended = hasEnded(counted);
    this.#counts.add(counted);

    const amounts = ended ? undefined : amountsOf(spec);
    if (node && amounts) this.#addToNode(node, amounts, !isSystemNamespace(namespace) && owner.kind !== 'DaemonSet' && owner.kind !== 'Node');
    if (amounts) this.#workloads.add(namespace, owner, amounts.cpuRequest, amounts.memoryRequest);
    this.#addToNamespace(namespace, counted.ready, counted.restarts, amounts);

    if (owner.kind === 'none' && !ended) this.#naked.add({ namespace, name: nameOf(pod), system: isSystemNamespace(namespace), createdAt: createdAt(pod, this.#now) }, 0);
    if (!ended) {
      this.#templates.add(namespace, owner, pod, spec);
      this.claims.add(namespace, nameOf(pod), spec);
    }
    if (node && counted.ready) this.#colocation.add(namespace, owner, node, spec);
    const rank = row && rankOf(row, this.#now);
    if (row && rank !== undefined) this.#abnormal.add(row, rank);
  }

  section(): Pods {
    const nodes = [...this.#nodes].map(([node, load]) => ({
      node,
      pods: load.pods,
      ...resources(load),
      cpuLimitsMillicores: Math.round(load.cpuLimit * 1_000),
      memoryLimitsBytes: Math.round(load.memoryLimit),
      tenantPods: load.tenantPods,
    }));
    const asking = this.#workloads.largest(BY_WORKLOAD.cap);
    const namespaces = [...this.#namespaces].sort(([, a], [, b]) => b.pods - a.pods);
    return {
      ...this.#counts.fields,
      dropped: this.#abnormal.dropped,
      abnormal: this.#abnormal.rows(),
      byNode: nodes,
      nodesDropped: this.#nodesDropped,
      byNamespace: namespaces.slice(0, BY_NAMESPACE.cap).map(([namespace, load]) => ({
        namespace,
        system: isSystemNamespace(namespace),
        pods: load.pods,
        ready: load.ready,
        restarts: load.restarts,
        ...resources(load),
      })),
      namespacesDropped: this.#namespacesDropped + Math.max(0, namespaces.length - BY_NAMESPACE.cap),
      byWorkload: asking.rows.map(({ namespace, kind, name, pods: count, cpu, memory }) => ({
        namespace,
        kind,
        name,
        pods: count,
        ...resources({ cpuRequest: cpu, memoryRequest: memory }),
      })),
      workloadsDropped: asking.dropped,
      naked: this.#naked.rows(),
      nakedDropped: this.#naked.dropped,
      templates: this.#templates.rows(),
      templatesDropped: this.#templates.dropped,
      colocated: this.#colocation.rows(),
      ownersDropped: this.#colocation.dropped,
    };
  }

  #addToNode(node: string, amounts: Amounts, isTenants: boolean): void {
    let load = this.#nodes.get(node);
    if (!load) {
      if (this.#nodes.size >= BY_NODE.cap) {
        this.#nodesDropped += 1;
        return;
      }
      load = { pods: 0, tenantPods: 0, cpuRequest: 0, memoryRequest: 0, cpuLimit: 0, memoryLimit: 0 };
      this.#nodes.set(node, load);
    }
    load.pods += 1;
    if (isTenants) load.tenantPods += 1;
    load.cpuRequest += amounts.cpuRequest;
    load.memoryRequest += amounts.memoryRequest;
    load.cpuLimit += amounts.cpuLimit;
    load.memoryLimit += amounts.memoryLimit;
  }

  #addToNamespace(namespace: string, ready: boolean, restarts: number, amounts: Amounts | undefined): void {
    let load = this.#namespaces.get(namespace);
    if (!load) {
      if (this.#namespaces.size >= MOST_NAMESPACES) {
        this.#namespacesDropped += 1;
        return;
      }
      load = { pods: 0, ready: 0, restarts: 0, cpuRequest: 0, memoryRequest: 0 };
      this.#namespaces.set(namespace, load);
    }
    load.pods += 1;
    if (ready) load.ready += 1;
    load.restarts += restarts;
    load.cpuRequest += amounts?.cpuRequest ?? 0;
    load.memoryRequest += amounts?.memoryRequest ?? 0;
  }
}

function resources({ cpuRequest, memoryRequest }: { readonly cpuRequest: number; readonly memoryRequest: number }): { cpuRequestsMillicores: number; memoryRequestsBytes: number } {
  return { cpuRequestsMillicores: Math.round(cpuRequest * 1_000), memoryRequestsBytes: Math.round(memoryRequest) };
}
/** One pass over all pods, then one over the claims that they could have mounted. */
export async function gatherPods(cluster: Cluster, signal: AbortSignal): Promise<Pods> {
  const tally = new PodTally(cluster.now());
  for await (const pod of cluster.list(PODS, signal)) tally.add(pod);
  return { ...tally.section(), ...(await tally.claims.unmounted(cluster, signal)) };
}

export const pods = clusterGatherer({ section: 'pods', needs: [following(PODS), listing(PERSISTENT_VOLUME_CLAIMS)], deadlineMs: 180_000, beginsFirst: true, gather: gatherPods });
