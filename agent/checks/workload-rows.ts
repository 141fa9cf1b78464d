/** Workloads as findings. */
import type { Scope } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import type { Violation } from './check.ts';
import { isOfJob, type PodRow } from './pod-rows.ts';

export type WorkloadRow = Sections['workloads']['rows'][number];

export function workloadScope({ kind, namespace, name }: WorkloadRow): Scope {
  return { kind, namespace, name };
}

/**
 * One violation for each workload whose template has the fault. Templates in the platform's own namespaces come with their
 * product and pass: nobody at the site can change them.
 * @param fault how often the fault occurs (0 = not at all), or whether it does
 */
export function inTemplates(rows: readonly WorkloadRow[], fault: (row: WorkloadRow) => number | boolean): readonly Violation[] {
  const violations: Violation[] = [];
  for (const row of rows) {
    const observed = row.system ? 0 : fault(row);
    if (observed !== 0 && observed !== false) violations.push({ scope: workloadScope(row), observed });
  }
  return violations;
}

/** Whether replicas of it serve: probes and spreading mean nothing for tasks. */
export function serves({ kind }: WorkloadRow): boolean {
  return kind !== 'CronJob';
}

/** Since when each workload has had a pod in trouble, Unix seconds, by {@link troubleKey}. */
export function troubles(pods: readonly PodRow[]): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const row of pods) {
    if (row.ready || row.owner === undefined || isOfJob(row) || row.phase === 'Failed') continue;
    const key = `${row.ownerKind}/${row.namespace}/${row.owner}`;
    const began = row.readyChangedAt ?? row.createdAt;
    since.set(key, Math.min(began, since.get(key) ?? began));
  }
  return since;
}
export function troubleKey({ kind, namespace, name }: WorkloadRow): string {
  return `${kind}/${namespace}/${name}`;
}

/**
 * Whether a workload has lacked replicas for that long. The numbers alone do not tell since when, so its pods do: one of
 * them is long not ready, or some are not even made.
 */
export function hasLackedReplicas(row: WorkloadRow, since: ReadonlyMap<string, number>, now: number, seconds: number): boolean {
  if (row.desired === 0 || row.available >= row.desired) return false;
  const began = row.unavailableSince ?? since.get(troubleKey(row));
  if (began !== undefined) return now - began >= seconds;
  return row.current < row.desired && now - Math.max(row.createdAt, row.rolloutChangedAt ?? 0) >= seconds;
}
