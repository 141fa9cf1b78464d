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

export async function gatherReplicaSets(cluster: Cluster, signal: AbortSignal): Promise<ReplicaSets> {
  const failing = new Notable<ReplicaSets['failing'][number]>(FAILING.cap, 2);
  const short = new Notable<ReplicaSets['short'][number]>(SHORT.cap, 2);
  const old = new Map<string, { readonly namespace: string; readonly name: string; count: number }>();
  let total = 0;
  let active = 0;
  let uncounted = 0;
  for await (const object of cluster.list(REPLICA_SETS, signal)) {
    total += 1;
    const namespace = namespaceOf(object);
    const { desired, ready, deployment } = standing(object);
    if (desired > 0) active += 1;
    const failure = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'ReplicaFailure' && textAt(condition, 'status') === 'True');
    if (failure !== undefined && desired > 0) {
      failing.add({
        namespace, kind: deployment === undefined ? 'ReplicaSet' : 'Deployment', name: deployment ?? nameOf(object), reason: createFailure(textAt(failure, 'message')),
        since: timeAt(failure, 'lastTransitionTime'), missing: Math.max(0, desired - (numberAt(object, 'status', 'replicas') ?? 0)),
      }, 0);
    }
    if (listAt(object, 'metadata', 'ownerReferences').length === 0 && ready < desired) {
      short.add({ namespace, name: nameOf(object), createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? cluster.now(), desired, ready }, 0);
    }
    if (deployment === undefined || desired > 0) continue;
    const key = `${namespace}/${deployment}`;
    const counted = old.get(key);
    if (counted) counted.count += 1;
    else if (old.size < MOST_DEPLOYMENTS) old.set(key, { namespace, name: deployment, count: 1 });
    else uncounted += 1;
  }
  const piled = [...old.values()].filter(({ count }) => count > FEW).sort((a, b) => b.count - a.count);
  return {
    total, active, dropped: failing.dropped + short.dropped + uncounted,
    failing: failing.rows(), short: short.rows(), piled: piled.slice(0, PILED.cap).map(({ namespace, name, count }) => ({ namespace, name, old: count })),
  };
}

function standing(object: Json): { readonly desired: number; readonly ready: number; readonly deployment: string | undefined } {
  const owner = listAt(object, 'metadata', 'ownerReferences').find((reference) => textAt(reference, 'kind') === 'Deployment');
  return { desired: numberAt(objectAt(object, 'spec'), 'replicas') ?? 1, ready: numberAt(objectAt(object, 'status'), 'readyReplicas') ?? 0, deployment: textAt(owner, 'name') };
}

export const replicaSets = clusterGatherer({ section: 'replicaSets', needs: [listing(REPLICA_SETS)], deadlineMs: 120_000, gather: gatherReplicaSets });
