import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, nameOf, namespaceOf, objectAt, timeAt } from '../../../kube/read.ts';
import {
  CRON_JOBS,
  DAEMON_SETS,
  DEPLOYMENTS,
  following,
  HORIZONTAL_POD_AUTOSCALERS,
  listing,
  POD_DISRUPTION_BUDGETS,
  type Resource,
  STATEFUL_SETS,
} from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { TEMPLATE_SECTIONS } from '../../../wire/sections/cluster/workloads-templates.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { AbsentError, clusterGatherer } from '../../gatherer.ts';
import { Notable } from './notable.ts';
import { Protection } from './protection.ts';
import { REFERENCED, References } from './references.ts';
import { templateFacts } from './template.ts';
import { type WorkloadKind, workloadState } from './workload-state.ts';

type Workloads = Sections['workloads'];
type Row = Workloads['rows'][number];

const { cap: CAP } = TEMPLATE_SECTIONS.workloads.fields.rows;
const KINDS: readonly (readonly [WorkloadKind, Resource])[] = [
  ['Deployment', DEPLOYMENTS],
  ['StatefulSet', STATEFUL_SETS],
  ['DaemonSet', DAEMON_SETS],
  ['CronJob', CRON_JOBS],
];

/** One workload as a row. @param now Unix seconds, for objects without a creation time */
export function parseWorkload(kind: WorkloadKind, object: Json, protection: Protection, references: References, now: number): Row {
  const namespace = namespaceOf(object);
  const name = nameOf(object);
  const template = kind === 'CronJob' ? objectAt(object, 'spec', 'jobTemplate', 'spec', 'template') : objectAt(object, 'spec', 'template');
  const spec = objectAt(template, 'spec');
  const state = workloadState(kind, object);
  const minimum = protection.autoscalerMinimum(kind, namespace, name);
  const scalable = kind === 'Deployment' || kind === 'StatefulSet';
  const budgets = scalable ? protection.budgets(namespace, objectAt(template, 'metadata', 'labels'), typeof minimum === 'number' ? minimum : state.desired) : undefined;
  return {
    kind,
    namespace,
    name,
    system: isSystemNamespace(namespace),
    createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? now,
    ...state,
    ...(budgets && { budgets: budgets.count, budgetMinimum: budgets.minimum }),
    ...(minimum !== undefined && { autoscaled: minimum !== 'none', autoscalerMinimum: minimum === 'none' ? undefined : minimum }),
    ...templateFacts(template),
    automountToken: references.mountsToken(namespace, spec),
    missing: references.missing(namespace, spec),
  };
}

/** In trouble, dangerous, worth a remark, or nothing that a check looks for. */
export function rankOf(row: Row): number {
  const short = row.kind !== 'CronJob' && (row.available < row.desired || row.current < row.desired || row.misscheduled > 0);
  if (short || row.generationLag || row.revisionSplit || row.rollout === 'stuck' || row.missing.length > 0) return 0;
  if (row.system) return row.priorityClassSet ? 3 : 2;
  return row.privileged + row.highCapabilities + row.sensitiveHostPaths + row.credentialEnv > 0 ? 1 : 2;
}

export async function gatherWorkloads(cluster: Cluster, signal: AbortSignal): Promise<Workloads> {
  const protection = await Protection.read(cluster, signal);
  const references = await References.read(cluster, signal);
  const rows = new Notable<Row>(CAP, 4);
  const byKind: Partial<Record<WorkloadKind, number>> = {};
  const totals = { total: 0, replicasDesired: 0, replicasReady: 0 };
  for (const [kind, resource] of KINDS) {
    byKind[kind] = 0;
    try {
      for await (const object of cluster.list(resource, signal)) {
        const row = parseWorkload(kind, object, protection, references, cluster.now());
        byKind[kind] += 1;
        totals.total += 1;
        totals.replicasDesired += row.desired;
        totals.replicasReady += row.ready;
        rows.add(row, rankOf(row));
      }
    } catch (error) {
      if (!(error instanceof AbsentError)) throw error; // a release without CronJobs has none
    }
  }
  return { ...totals, byKind, checkedReferences: references.checked, rows: rows.rows(), dropped: rows.dropped };
}

export const workloads = clusterGatherer({
  section: 'workloads',
  needs: [
    ...[DEPLOYMENTS, STATEFUL_SETS, DAEMON_SETS].map(following),
    ...[CRON_JOBS, ...Object.values(REFERENCED), POD_DISRUPTION_BUDGETS, HORIZONTAL_POD_AUTOSCALERS].map(listing),
  ],
  deadlineMs: 180_000,
  gather: gatherWorkloads,
});
