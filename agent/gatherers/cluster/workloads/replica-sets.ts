import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, numberAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { listing, REPLICA_SETS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { type CREATE_FAILURES, SCALING_SECTIONS } from '../../../wire/sections/cluster/workloads-scaling.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from './notable.ts';

type ReplicaSets = Sections['replicaSets'];

const { failing: FAILING, short: SHORT, piled: PILED } = SCALING_SECTIONS.replicaSets.fields;
/** Deployments whose old ReplicaSets are counted; 100 bytes each. */
const MOST_DEPLOYMENTS = 20_000;
/** Fewer old ReplicaSets than this are nobody's concern, whatever the threshold. */
const FEW = 5;

/** Words of the message of a ReplicaFailure condition; the message itself is not kept. */
const HINTS: readonly (readonly [RegExp, (typeof CREATE_FAILURES)[number]])[] = [
  [/exceeded quota|failed quota/i, 'quota'],
  [/violates PodSecurity|podsecuritypolicy/i, 'pod-security'],
  [/error looking up service account|serviceaccounts? "[^"]{0,253}" not found/i, 'service-account'],
  [/no PriorityClass/i, 'priority-class'],
  [/admission webhook|failed calling webhook/i, 'webhook'],
  [/(maximum|minimum) (cpu|memory|ephemeral-storage)|limitrange/i, 'limit-range'],
];
/** @param message at most 4,096 characters are looked at */
export function createFailure(message: string | undefined): (typeof CREATE_FAILURES)[number] {
  const text = (message ?? '').slice(0, 4_096);
  return HINTS.find(([hint]) => hint.test(text))?.[1] ?? 'other';
}

/** Adds up ReplicaSets, one at a time. */
class ReplicaSetTally {
  readonly #now: number;
  readonly #failing = new Notable<ReplicaSets['failing'][number]>(FAILING.cap, 2);
  readonly #short = new Notable<ReplicaSets['short'][number]>(SHORT.cap, 2);
  readonly #old = new Map<string, { readonly namespace: string; readonly name: string; count: number }>();
  #total = 0;
  #active = 0;
  #uncounted = 0;

  constructor(now: number) {
    this.#now = now;
  }

  add(object: Json): void {
    const namespace = namespaceOf(object);
    const spec = objectAt(object, 'spec');
    const status = objectAt(object, 'status');
    const owners = listAt(object, 'metadata', 'ownerReferences');
    const deployment = textAt(
      owners.find((owner) => textAt(owner, 'kind') === 'Deployment'),
      'name',
    );
    const desired = numberAt(spec, 'replicas') ?? 1;
    const ready = numberAt(status, 'readyReplicas') ?? 0;
    this.#total += 1;
    if (desired === 0) {
      if (deployment !== undefined) this.#countOld(namespace, deployment);
      return;
    }
    this.#active += 1;
    if (owners.length === 0 && ready < desired) {
      this.#short.add({ namespace, name: nameOf(object), createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? this.#now, desired, ready }, 0);
    }
    const failure = listAt(status, 'conditions').find((condition) => textAt(condition, 'type') === 'ReplicaFailure' && textAt(condition, 'status') === 'True');
    if (failure === undefined) return;
    this.#failing.add(
      {
        namespace,
        kind: deployment === undefined ? 'ReplicaSet' : 'Deployment',
        name: deployment ?? nameOf(object),
        reason: createFailure(textAt(failure, 'message')),
        since: timeAt(failure, 'lastTransitionTime'),
        missing: Math.max(0, desired - (numberAt(status, 'replicas') ?? 0)),
      },
      0,
    );
  }

  section(): ReplicaSets {
    const piled = [...this.#old.values()].filter(({ count }) => count > FEW).sort((a, b) => b.count - a.count);
    return {
      total: this.#total,
      active: this.#active,
      dropped: this.#failing.dropped + this.#short.dropped + this.#uncounted,
      failing: this.#failing.rows(),
      short: this.#short.rows(),
      piled: piled.slice(0, PILED.cap).map(({ namespace, name, count }) => ({ namespace, name, old: count })),
    };
  }

  #countOld(namespace: string, name: string): void {
    const key = `${namespace}/${name}`;
    const counted = this.#old.get(key);
    if (counted) counted.count += 1;
    else if (this.#old.size < MOST_DEPLOYMENTS) this.#old.set(key, { namespace, name, count: 1 });
    else this.#uncounted += 1;
  }
}

export async function gatherReplicaSets(cluster: Cluster, signal: AbortSignal): Promise<ReplicaSets> {
  const tally = new ReplicaSetTally(cluster.now());
  for await (const object of cluster.list(REPLICA_SETS, signal)) tally.add(object);
  return tally.section();
}

export const replicaSets = clusterGatherer({ section: 'replicaSets', needs: [listing(REPLICA_SETS)], deadlineMs: 120_000, gather: gatherReplicaSets });
