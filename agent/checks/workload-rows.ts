/** Workloads as findings. */
import type { Scope } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import { type Outcome, unknown, type Violation } from './check.ts';
import { isOfJob, type PodRow } from './pod-rows.ts';

export type WorkloadRow = Sections['workloads']['rows'][number];

export function workloadScope({ kind, namespace, name }: WorkloadRow): Scope {
  return { kind, namespace, name };
}

type LooseRow = Sections['pods']['templates'][number];
/** What is known of a pod template, and of pods that have none of ours. */
export type TemplateRow = Omit<LooseRow, 'pod' | 'ownerKind' | 'owner' | 'ends'>;

/**
 * One violation for each workload whose template has the fault, and for each pod or owner of another kind that has it.
 * Templates in the platform's own namespaces come with their product and pass: nobody at the site can change them.
 * @param fault how often the fault occurs (0 = not at all), or whether it does
 */
export function inTemplates({ workloads, pods }: Pick<Sections, 'workloads' | 'pods'>, fault: (row: TemplateRow) => number | boolean): Outcome {
  return amongTemplates(workloads.rows, pods, fault);
}
/** The same over those that serve: probes mean nothing for tasks. */
export function inServingTemplates({ workloads, pods }: Pick<Sections, 'workloads' | 'pods'>, fault: (row: TemplateRow) => number | boolean): Outcome {
  const { templates, templatesDropped } = pods;
  return amongTemplates(workloads.rows.filter(serves), { templates: templates.filter(({ ends }) => !ends), templatesDropped }, fault);
}
function amongTemplates(
  rows: readonly WorkloadRow[],
  { templates, templatesDropped }: Pick<Sections['pods'], 'templates' | 'templatesDropped'>,
  fault: (row: TemplateRow) => number | boolean,
): Outcome {
  const violations = [...faultsIn(rows, workloadScope, fault), ...faultsIn(templates, looseScope, fault)];
  return violations.length === 0 && templatesDropped > 0 ? unknown('truncated') : violations;
}
function faultsIn<R extends TemplateRow>(rows: readonly R[], scopeOf: (row: R) => Scope, fault: (row: TemplateRow) => number | boolean): readonly Violation[] {
  const violations: Violation[] = [];
  for (const row of rows) {
    const observed = row.system ? 0 : fault(row);
    if (observed !== 0 && observed !== false) violations.push({ scope: scopeOf(row), observed });
  }
  return violations;
}
/** Owners of kinds that the contract does not name are told by one of their pods. */
function looseScope({ namespace, pod, ownerKind, owner }: LooseRow): Scope {
  return (ownerKind === 'ReplicaSet' || ownerKind === 'Job') && owner !== undefined ? { kind: ownerKind, namespace, name: owner } : { kind: 'Pod', namespace, name: pod };
}

/** Whether replicas of it serve: probes and spreading mean nothing for tasks. */
function serves({ kind }: WorkloadRow): boolean {
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
