/** What is going on in one pod, in closed words. Messages are looked at for known words and never kept. */
import { type Json, listAt, numberAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { type FAILURE_REASONS, POD_PHASES, TERMINATION_REASONS, type UNSCHEDULABLE_REASONS, WAITING_REASONS } from '../../../wire/sections/cluster/workloads-pods.ts';

type Phase = (typeof POD_PHASES)[number];
type Waiting = (typeof WAITING_REASONS)[number];
type Termination = (typeof TERMINATION_REASONS)[number];
type Failure = (typeof FAILURE_REASONS)[number];
type Unschedulable = (typeof UNSCHEDULABLE_REASONS)[number];

export function phaseOf(status: unknown): Phase {
  const phase = textAt(status, 'phase');
  return POD_PHASES.find((known) => known === phase) ?? 'Unknown';
}

/** Condition objects of a pod by type, looked up once. */
export interface Conditions {
  ready: unknown;
  scheduled: unknown;
  initialized: unknown;
}
export function conditionsOf(status: unknown): Conditions {
  const found: Conditions = { ready: undefined, scheduled: undefined, initialized: undefined };
  for (const condition of listAt(status, 'conditions')) {
    const type = objectAt(condition)['type'];
    if (type === 'Ready') found.ready = condition;
    else if (type === 'PodScheduled') found.scheduled = condition;
    else if (type === 'Initialized') found.initialized = condition;
  }
  return found;
}
export function isTrue(condition: unknown): boolean {
  return objectAt(condition)['status'] === 'True';
}

/** Sums and extremes over the containers of a pod. Times are Unix seconds. */
export interface ContainerState {
  restarts: number;
  waiting: Waiting | undefined;
  lastTermination: Termination | undefined;
  lastExitCode: number | undefined;
  lastTerminatedAt: number | undefined;
  /** How long it had run. */
  lastRunSeconds: number | undefined;
  oomKilledAt: number | undefined;
}
export function containerState(status: unknown): ContainerState {
  const state: ContainerState = {
    restarts: 0,
    waiting: undefined,
    lastTermination: undefined,
    lastExitCode: undefined,
    lastTerminatedAt: undefined,
    lastRunSeconds: undefined,
    oomKilledAt: undefined,
  };
  for (const container of listAt(status, 'initContainerStatuses')) addContainer(state, container, true);
  for (const container of listAt(status, 'containerStatuses')) addContainer(state, container, false);
  return state;
}

function addContainer(state: ContainerState, container: unknown, init: boolean): void {
  state.restarts += Math.max(0, numberAt(container, 'restartCount') ?? 0);
  const { state: now, lastState: before } = objectAt(container);
  const waiting = objectAt(now)['waiting'];
  if (waiting !== undefined) state.waiting = worse(state.waiting, waitingReason(textAt(waiting, 'reason')));
  addTermination(state, objectAt(before)['terminated']);
  const terminated = objectAt(now)['terminated'];
  if (!init || numberAt(terminated, 'exitCode') !== 0) addTermination(state, terminated); // an init container that is done is no news
}

function addTermination(state: ContainerState, terminated: unknown): void {
  if (terminated === undefined) return;
  const finishedAt = timeAt(terminated, 'finishedAt');
  if (finishedAt === undefined) return;
  const reason = terminationReason(textAt(terminated, 'reason'));
  if (reason === 'OOMKilled' && finishedAt >= (state.oomKilledAt ?? 0)) state.oomKilledAt = finishedAt;
  if (finishedAt < (state.lastTerminatedAt ?? 0)) return;
  state.lastTermination = reason;
  state.lastExitCode = numberAt(terminated, 'exitCode');
  state.lastTerminatedAt = finishedAt;
  const startedAt = timeAt(terminated, 'startedAt');
  state.lastRunSeconds = startedAt === undefined ? undefined : Math.max(0, finishedAt - startedAt);
}

/** Kubelet leaves the reason out for a moment after a pod was bound. */
function waitingReason(reason: string | undefined): Waiting {
  if (reason === undefined) return 'ContainerCreating';
  return WAITING_REASONS.find((known) => known === reason) ?? 'other';
}
function worse(one: Waiting | undefined, other: Waiting): Waiting {
  if (one === undefined) return other;
  return WAITING_REASONS.indexOf(one) <= WAITING_REASONS.indexOf(other) ? one : other;
}
function terminationReason(reason: string | undefined): Termination {
  return TERMINATION_REASONS.find((known) => known === reason) ?? 'other';
}

const FAILURES: Readonly<Record<string, Failure>> = {
  Evicted: 'evicted',
  NodeShutdown: 'node-shutdown',
  Shutdown: 'node-shutdown',
  Terminated: 'node-shutdown',
  NodeLost: 'node-lost',
  Preempting: 'preempted',
  UnexpectedAdmissionError: 'not-admitted',
  NodeAffinity: 'not-admitted',
  TopologyAffinityError: 'not-admitted',
  DeadlineExceeded: 'deadline',
};
/** `status.reason` of a pod in a closed word; `undefined` when there is none. */
export function failureOf(status: unknown): Failure | undefined {
  const reason = textAt(status, 'reason');
  if (reason === undefined || reason === '') return undefined;
  if (Object.hasOwn(FAILURES, reason)) return FAILURES[reason];
  return /^OutOf[a-z]{1,40}/i.test(reason) ? 'not-admitted' : 'other';
}

/** Words of the scheduler's message, the most telling first: a taint of the control-plane nodes stands in nearly every one. */
const HINTS: readonly (readonly [RegExp, Unschedulable])[] = [
  [/unbound immediate persistentvolumeclaims|persistentvolumeclaim "[^"]{0,253}" (not found|bound to non-existent|is being deleted)|waiting for .{0,40}persistentvolume/i, 'claim'],
  [/insufficient cpu/i, 'cpu'],
  [/insufficient memory/i, 'memory'],
  [/insufficient ephemeral-storage/i, 'ephemeral-storage'],
  [/too many pods/i, 'pod-count'],
  [/insufficient [a-z0-9.-]{1,63}\/[a-z0-9.-]{1,63}/i, 'extended-resource'],
  [/volume node affinity|volume zone|max volume count|didn't find available persistent volumes/i, 'volume-node'],
  [/pod (anti-)?affinity/i, 'pod-affinity'],
  [/topology spread/i, 'topology-spread'],
  [/free ports/i, 'host-port'],
  [/node affinity|node selector/i, 'node-affinity'],
  [/taint|unschedulable/i, 'taint'],
];
/** @param message of a `PodScheduled=False` condition; at most 4,096 characters are looked at */
export function unschedulableReason(message: string | undefined): Unschedulable {
  const text = (message ?? '').slice(0, 4_096);
  return HINTS.find(([hint]) => hint.test(text))?.[1] ?? 'other';
}

/** Whether scheduling gates hold the pod. */
export function isGated(spec: Json, scheduled: unknown): boolean {
  return textAt(scheduled, 'reason') === 'SchedulingGated' || (!isTrue(scheduled) && listAt(spec, 'schedulingGates').length > 0);
}
