/** Abnormal pods as findings: one per workload, because a hundred replicas with one trouble are one problem. */
import type { Scope } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import { SEVERITIES } from '../wire/vocabulary.ts';
import type { Violation } from './check.ts';

export type PodRow = Sections['pods']['abnormal'][number];

/** Reasons for which kubelet cannot get an image. */
const IMAGE_REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'SignatureValidationFailed',
  'RegistryUnavailable',
]);
/** Reasons for which it cannot make or start a container. */
const CREATE_REASONS = new Set(['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'PreCreateHookError', 'PreStartHookError', 'PostStartHookError']);

/** What a pod waits for, in the classes that have a check each; `start` is the ordinary wait of a pod that comes up. */
export function waitOf({ waiting }: PodRow): 'crash' | 'image' | 'create' | 'start' {
  if (waiting === 'CrashLoopBackOff') return 'crash';
  if (waiting !== undefined && IMAGE_REASONS.has(waiting)) return 'image';
  return waiting !== undefined && CREATE_REASONS.has(waiting) ? 'create' : 'start';
}

/** Seconds since the pod was last ready, or since it exists. */
export function notReadySeconds({ readyChangedAt, createdAt }: PodRow, now: number): number {
  return now - (readyChangedAt ?? createdAt);
}

/** Pods of Jobs end by design; several checks do not apply to them. */
export function isOfJob({ ownerKind }: PodRow): boolean {
  return ownerKind === 'Job' || ownerKind === 'CronJob';
}

/**
 * Restarts in a day: all of them when the pod is younger, else the average, and only when the latest is from the last day.
 * `undefined` when it did not restart in that time.
 */
export function restartsPerDay({ restarts, createdAt, lastTerminatedAt }: PodRow, now: number): number | undefined {
  const day = 86_400;
  if (restarts === 0 || lastTerminatedAt === undefined || now - lastTerminatedAt > day) return undefined;
  return Math.round(restarts / Math.max(1, (now - createdAt) / day));
}

/**
 * Whether the pod restarted twice of late, told by the one exit that Kubernetes keeps: that run began with a restart, was
 * short, and ended not long ago. The average of an old pod's life says nothing about its last hour.
 */
export function restartedTwice({ restarts, lastTerminatedAt, lastRunSeconds }: PodRow, now: number, shortSeconds: number, withinSeconds: number): boolean {
  if (restarts < 2 || lastTerminatedAt === undefined || lastRunSeconds === undefined) return false;
  return lastRunSeconds <= shortSeconds && now - lastTerminatedAt <= withinSeconds;
}

/** The workload of a pod, or the pod itself when nothing that has a kind of ours owns it. */
export function ownerScope({ namespace, name, node, ownerKind, owner }: PodRow): Scope {
  if (owner === undefined || ownerKind === 'none' || ownerKind === 'other' || ownerKind === 'Node') return { kind: 'Pod', namespace, node, name };
  return { kind: ownerKind, namespace, name: owner };
}

/** Judges each pod and keeps the worst violation of each workload. */
export function byOwner(rows: readonly PodRow[], judge: (row: PodRow) => Omit<Violation, 'scope'> | undefined): readonly Violation[] {
  const worst = new Map<string, Violation>();
  for (const row of rows) {
    const violation = judge(row);
    if (!violation) continue;
    const scope = ownerScope(row);
    const key = `${scope.kind}/${scope.namespace}/${scope.name}`;
    const before = worst.get(key);
    if (before === undefined || isWorse(violation, before)) worst.set(key, { scope, ...violation });
  }
  return [...worst.values()];
}

function isWorse(one: Omit<Violation, 'scope'>, other: Violation): boolean {
  const rank = ({ severity }: Omit<Violation, 'scope'>): number => (severity === undefined ? 1 : SEVERITIES.indexOf(severity));
  if (rank(one) !== rank(other)) return rank(one) < rank(other);
  return typeof one.observed === 'number' && typeof other.observed === 'number' && one.observed > other.observed;
}
