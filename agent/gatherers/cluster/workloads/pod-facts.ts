/** What one pod adds to the section `pods`: shared by the full list and by the watch. */
import { type Json, listAt, nameOf, namespaceOf, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { type Owner, ownerOf } from './owner.ts';
import { type Conditions, type ContainerState, conditionsOf, containerState, failureOf, isGated, isTrue, phaseOf, unschedulableReason } from './pod-state.ts';

type Pods = Sections['pods'];
export type PodRow = Pods['abnormal'][number];

const DAY = 86_400;
/** Ranks of abnormal pods: in trouble, waiting or not ready, restarted lately, left over. All of them can matter, so the last rank stays empty. */
export const POD_RANKS = 5;

/** What is counted of a pod. */
export interface CountedPod {
  readonly phase: PodRow['phase'];
  readonly ready: boolean;
  readonly placed: boolean;
  readonly restarts: number;
  readonly waiting: PodRow['waiting'];
  readonly failure: PodRow['failure'];
}
export interface PodFacts {
  readonly counted: CountedPod;
  readonly namespace: string;
  readonly node: string | undefined;
  readonly owner: Owner;
  readonly spec: Json;
  /** Only when the pod is notable, or will be with time: {@link rankOf} tells. */
  readonly row: PodRow | undefined;
}

/** @param now Unix seconds */
export function factsOf(pod: Json, now: number): PodFacts {
  const status = objectAt(pod, 'status');
  const spec = objectAt(pod, 'spec');
  const namespace = namespaceOf(pod);
  const conditions = conditionsOf(status);
  const containers = containerState(status);
  const node = textAt(spec, 'nodeName');
  const owner = ownerOf(pod);
  const counted = {
    phase: phaseOf(status),
    ready: isTrue(conditions.ready),
    placed: node !== undefined && node !== '',
    restarts: containers.restarts,
    waiting: containers.waiting,
    failure: failureOf(status),
  };
  const ranked = {
    ...counted,
    system: isSystemNamespace(namespace),
    ownerKind: owner.kind,
    deletedAt: timeAt(pod, 'metadata', 'deletionTimestamp'),
    lastTerminatedAt: containers.lastTerminatedAt,
  };
  const row = rankOf(ranked, now) !== undefined || ranked.deletedAt !== undefined ? rowOf(pod, ranked, { namespace, node, owner, conditions, containers }, now) : undefined;
  return { counted, namespace, node, owner, spec, row };
}

type Ranked = Pick<PodRow, 'phase' | 'ready' | 'restarts' | 'waiting' | 'failure' | 'system' | 'ownerKind' | 'deletedAt' | 'lastTerminatedAt'>;

/**
 * How notable the pod is now, or `undefined` when no check would look at it: running and ready without a restart today,
 * succeeded, within its grace period, or a leftover that is only counted.
 */
export function rankOf({ phase, ready, restarts, waiting, failure, system, ownerKind, deletedAt, lastTerminatedAt }: Ranked, now: number): number | undefined {
  if (deletedAt !== undefined) return deletedAt < now ? 0 : undefined;
  if (phase === 'Succeeded') return undefined;
  if (phase === 'Failed') return ownerKind === 'Job' || ownerKind === 'CronJob' || isLeftover(failure) ? undefined : 3;
  const starting = waiting === undefined || waiting === 'ContainerCreating' || waiting === 'PodInitializing';
  if (phase === 'Unknown' || !starting) return 0;
  if (phase === 'Pending' || !ready) return system ? 0 : 1;
  const lately = lastTerminatedAt !== undefined && now - lastTerminatedAt < DAY;
  return lately && restarts > 0 ? 2 : undefined;
}

interface About {
  readonly namespace: string;
  readonly node: string | undefined;
  readonly owner: Owner;
  readonly conditions: Conditions;
  readonly containers: ContainerState;
}
function rowOf(pod: Json, ranked: Ranked, { namespace, node, owner, conditions, containers }: About, now: number): PodRow {
  const spec = objectAt(pod, 'spec');
  const status = objectAt(pod, 'status');
  const gated = isGated(spec, conditions.scheduled);
  const refused = !node && !gated && textAt(conditions.scheduled, 'reason') === 'Unschedulable';
  const qos = textAt(status, 'qosClass');
  return {
    namespace,
    name: nameOf(pod),
    system: ranked.system,
    ownerKind: owner.kind,
    owner: owner.name,
    node,
    phase: ranked.phase,
    ready: ranked.ready,
    gated,
    failure: ranked.failure,
    createdAt: createdAt(pod, now),
    readyChangedAt: timeAt(conditions.ready, 'lastTransitionTime'),
    scheduledAt: node ? (timeAt(conditions.scheduled, 'lastTransitionTime') ?? timeAt(status, 'startTime')) : undefined,
    unschedulable: refused ? unschedulableReason(textAt(conditions.scheduled, 'message')) : undefined,
    initializing: conditions.initialized !== undefined && !isTrue(conditions.initialized) && ranked.phase === 'Pending',
    waiting: ranked.waiting,
    restarts: ranked.restarts,
    lastTermination: containers.lastTermination,
    lastExitCode: containers.lastExitCode,
    lastTerminatedAt: ranked.lastTerminatedAt,
    lastRunSeconds: containers.lastRunSeconds,
    oomKilledAt: containers.oomKilledAt,
    deletedAt: ranked.deletedAt,
    static: owner.kind === 'Node',
    containers: listAt(spec, 'containers').length,
    qos: qos === 'Guaranteed' || qos === 'Burstable' || qos === 'BestEffort' ? qos : 'other',
  };
}

/** Unix seconds; an object that does not tell counts as new. */
export function createdAt(pod: Json, now: number): number {
  return timeAt(pod, 'metadata', 'creationTimestamp') ?? now;
}
export function hasEnded({ phase }: CountedPod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
/** Failed in a way that its controller has already made good with another pod. */
function isLeftover(failure: PodRow['failure']): boolean {
  return failure !== undefined && failure !== 'deadline' && failure !== 'other';
}

type Counts = Pick<Pods, 'total' | 'notReady' | 'unscheduled' | 'restarts' | 'leftover' | 'finished' | 'byPhase' | 'byWaiting'>;

/** Counts of pods that come and go. */
export class PodCounts {
  readonly #counts = { total: 0, notReady: 0, unscheduled: 0, restarts: 0, leftover: 0, finished: 0 };
  readonly #byPhase = new Map<string, number>();
  readonly #byWaiting = new Map<string, number>();

  add(pod: CountedPod): void {
    this.#count(pod, 1);
  }
  remove(pod: CountedPod): void {
    this.#count(pod, -1);
  }
  get fields(): Counts {
    return { ...this.#counts, byPhase: Object.fromEntries(this.#byPhase), byWaiting: Object.fromEntries(this.#byWaiting) };
  }

  #count(pod: CountedPod, by: 1 | -1): void {
    const counts = this.#counts;
    const { phase, ready, placed, restarts, waiting, failure } = pod;
    counts.total += by;
    counts.restarts += by * restarts;
    increment(this.#byPhase, phase, by);
    if (waiting) increment(this.#byWaiting, waiting, by);
    if (phase === 'Running' && !ready) counts.notReady += by;
    if (hasEnded(pod)) counts.finished += by;
    else if (!placed) counts.unscheduled += by;
    if (phase === 'Failed' && isLeftover(failure)) counts.leftover += by;
  }
}
function increment(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
