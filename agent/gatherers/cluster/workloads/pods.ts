import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { listing, PODS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { POD_SECTIONS } from '../../../wire/sections/cluster/workloads-pods.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Colocation } from './colocation.ts';
import { LooseTemplates } from './loose-templates.ts';
import { Notable } from './notable.ts';
import { type Owner, ownerOf } from './owner.ts';
import { type Conditions, type ContainerState, conditionsOf, containerState, failureOf, isGated, isTrue, phaseOf, unschedulableReason } from './pod-state.ts';
import { type Amounts, amountsOf } from './requests.ts';

type Pods = Sections['pods'];
type Row = Pods['abnormal'][number];

const { abnormal: ABNORMAL, byNode: BY_NODE, byNamespace: BY_NAMESPACE, naked: NAKED } = POD_SECTIONS.pods.fields;
/** Namespaces that are counted before the largest are chosen; a cluster with more is beyond what Kubernetes is tested with. */
const MOST_NAMESPACES = 10_000;
const DAY = 86_400;
/** Ranks of abnormal pods: in trouble, waiting or not ready, restarted lately, left over. All of them can matter, so the last rank stays empty. */
const RANKS = 5;

interface NodeLoad {
  pods: number;
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

/** What is known of the pod at hand. */
interface About {
  readonly namespace: string;
  readonly phase: Row['phase'];
  readonly ready: boolean;
  readonly node: string | undefined;
  readonly owner: Owner;
  readonly conditions: Conditions;
  readonly containers: ContainerState;
  readonly failure: Row['failure'];
}

/** Adds up pods, one at a time. Nothing of a pod is kept but its row, when it is abnormal. */
export class PodTally {
  readonly #now: number;
  readonly #byPhase: Record<string, number> = {};
  readonly #byWaiting: Record<string, number> = {};
  readonly #nodes = new Map<string, NodeLoad>();
  readonly #namespaces = new Map<string, NamespaceLoad>();
  readonly #abnormal = new Notable<Row>(ABNORMAL.cap, RANKS);
  readonly #naked = new Notable<Pods['naked'][number]>(NAKED.cap, 2);
  readonly #colocation = new Colocation();
  readonly #templates = new LooseTemplates();
  readonly #counts = { total: 0, notReady: 0, unscheduled: 0, restarts: 0, leftover: 0, finished: 0, nodesDropped: 0, namespacesDropped: 0 };

  /** @param now Unix seconds */
  constructor(now: number) {
    this.#now = now;
  }

  add(pod: Json): void {
    const status = objectAt(pod, 'status');
    const spec = objectAt(pod, 'spec');
    const namespace = namespaceOf(pod);
    const phase = phaseOf(status);
    const conditions = conditionsOf(status);
    const containers = containerState(status);
    const ready = isTrue(conditions.ready);
    const node = textAt(spec, 'nodeName');
    const ended = phase === 'Succeeded' || phase === 'Failed';
    const counts = this.#counts;
    counts.total += 1;
    counts.restarts += containers.restarts;
    increment(this.#byPhase, phase);
    if (containers.waiting) increment(this.#byWaiting, containers.waiting);
    if (phase === 'Running' && !ready) counts.notReady += 1;
    if (ended) counts.finished += 1;
    else if (!node) counts.unscheduled += 1;
    const failure = failureOf(status);
    if (phase === 'Failed' && isLeftover(failure)) counts.leftover += 1;

    const amounts = ended ? undefined : amountsOf(spec);
    if (node && amounts) this.#addToNode(node, amounts);
    this.#addToNamespace(namespace, ready, containers.restarts, amounts);

    const owner = ownerOf(pod);
    if (owner.kind === 'none' && !ended) this.#naked.add({ namespace, name: nameOf(pod), system: isSystemNamespace(namespace), createdAt: this.#createdAt(pod) }, 0);
    if (!ended) this.#templates.add(namespace, owner, pod, spec);
    if (node && ready) this.#colocation.add(namespace, owner, node, spec);
    const about: About = { namespace, phase, ready, node, owner, conditions, containers, failure };
    const rank = this.#rank(pod, about);
    if (rank !== undefined) this.#abnormal.add(this.#row(pod, spec, status, about), rank);
  }

  section(): Pods {
    const nodes = [...this.#nodes].map(([node, load]) => ({
      node,
      pods: load.pods,
      ...resources(load),
      cpuLimitsMillicores: Math.round(load.cpuLimit * 1_000),
      memoryLimitsBytes: Math.round(load.memoryLimit),
    }));
    const namespaces = [...this.#namespaces].sort(([, a], [, b]) => b.pods - a.pods);
    const { nodesDropped, namespacesDropped, ...counts } = this.#counts;
    return {
      ...counts,
      dropped: this.#abnormal.dropped,
      byPhase: this.#byPhase,
      byWaiting: this.#byWaiting,
      abnormal: this.#abnormal.rows(),
      byNode: nodes,
      nodesDropped,
      byNamespace: namespaces.slice(0, BY_NAMESPACE.cap).map(([namespace, load]) => ({
        namespace,
        system: isSystemNamespace(namespace),
        pods: load.pods,
        ready: load.ready,
        restarts: load.restarts,
        ...resources(load),
      })),
      namespacesDropped: namespacesDropped + Math.max(0, namespaces.length - BY_NAMESPACE.cap),
      naked: this.#naked.rows(),
      nakedDropped: this.#naked.dropped,
      templates: this.#templates.rows(),
      templatesDropped: this.#templates.dropped,
      colocated: this.#colocation.rows(),
      ownersDropped: this.#colocation.dropped,
    };
  }

  #createdAt(pod: Json): number {
    return timeAt(pod, 'metadata', 'creationTimestamp') ?? this.#now;
  }

  #addToNode(node: string, amounts: Amounts): void {
    let load = this.#nodes.get(node);
    if (!load) {
      if (this.#nodes.size >= BY_NODE.cap) {
        this.#counts.nodesDropped += 1;
        return;
      }
      load = { pods: 0, cpuRequest: 0, memoryRequest: 0, cpuLimit: 0, memoryLimit: 0 };
      this.#nodes.set(node, load);
    }
    load.pods += 1;
    load.cpuRequest += amounts.cpuRequest;
    load.memoryRequest += amounts.memoryRequest;
    load.cpuLimit += amounts.cpuLimit;
    load.memoryLimit += amounts.memoryLimit;
  }

  #addToNamespace(namespace: string, ready: boolean, restarts: number, amounts: Amounts | undefined): void {
    let load = this.#namespaces.get(namespace);
    if (!load) {
      if (this.#namespaces.size >= MOST_NAMESPACES) {
        this.#counts.namespacesDropped += 1;
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

  /**
   * How notable the pod is, or `undefined` when no check would look at it: running and ready without a restart today, succeeded,
   * within its grace period, or a leftover that is only counted.
   */
  #rank(pod: Json, { namespace, phase, ready, owner, containers, failure }: About): number | undefined {
    const deletedAt = timeAt(pod, 'metadata', 'deletionTimestamp');
    if (deletedAt !== undefined) return deletedAt < this.#now ? 0 : undefined;
    if (phase === 'Succeeded') return undefined;
    if (phase === 'Failed') return owner.kind === 'Job' || owner.kind === 'CronJob' || isLeftover(failure) ? undefined : 3;
    const starting = containers.waiting === undefined || containers.waiting === 'ContainerCreating' || containers.waiting === 'PodInitializing';
    if (phase === 'Unknown' || !starting) return 0;
    if (phase === 'Pending' || !ready) return isSystemNamespace(namespace) ? 0 : 1;
    const lately = containers.lastTerminatedAt !== undefined && this.#now - containers.lastTerminatedAt < DAY;
    return lately && containers.restarts > 0 ? 2 : undefined;
  }

  #row(pod: Json, spec: Json, status: Json, { namespace, phase, ready, node, owner, conditions, containers, failure }: About): Row {
    const gated = isGated(spec, conditions.scheduled);
    const refused = !node && !gated && textAt(conditions.scheduled, 'reason') === 'Unschedulable';
    const qos = textAt(status, 'qosClass');
    return {
      namespace,
      name: nameOf(pod),
      system: isSystemNamespace(namespace),
      ownerKind: owner.kind,
      owner: owner.name,
      node,
      phase,
      ready,
      gated,
      failure,
      createdAt: this.#createdAt(pod),
      readyChangedAt: timeAt(conditions.ready, 'lastTransitionTime'),
      scheduledAt: node ? (timeAt(conditions.scheduled, 'lastTransitionTime') ?? timeAt(status, 'startTime')) : undefined,
      unschedulable: refused ? unschedulableReason(textAt(conditions.scheduled, 'message')) : undefined,
      initializing: conditions.initialized !== undefined && !isTrue(conditions.initialized) && phase === 'Pending',
      waiting: containers.waiting,
      restarts: containers.restarts,
      lastTermination: containers.lastTermination,
      lastExitCode: containers.lastExitCode,
      lastTerminatedAt: containers.lastTerminatedAt,
      lastRunSeconds: containers.lastRunSeconds,
      oomKilledAt: containers.oomKilledAt,
      deletedAt: timeAt(pod, 'metadata', 'deletionTimestamp'),
      static: owner.kind === 'Node',
      containers: listAt(spec, 'containers').length,
      qos: qos === 'Guaranteed' || qos === 'Burstable' || qos === 'BestEffort' ? qos : 'other',
    };
  }
}

/** Failed in a way that its controller has already made good with another pod. */
function isLeftover(failure: Row['failure']): boolean {
  return failure !== undefined && failure !== 'deadline' && failure !== 'other';
}
function resources({ cpuRequest, memoryRequest }: { readonly cpuRequest: number; readonly memoryRequest: number }): { cpuRequestsMillicores: number; memoryRequestsBytes: number } {
  return { cpuRequestsMillicores: Math.round(cpuRequest * 1_000), memoryRequestsBytes: Math.round(memoryRequest) };
}
function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** One pass over all pods. */
export async function gatherPods(cluster: Cluster, signal: AbortSignal): Promise<Pods> {
  const tally = new PodTally(cluster.now());
  for await (const pod of cluster.list(PODS, signal)) tally.add(pod);
  return tally.section();
}

export const pods = clusterGatherer({ section: 'pods', needs: [listing(PODS)], deadlineMs: 180_000, beginsFirst: true, gather: gatherPods });
