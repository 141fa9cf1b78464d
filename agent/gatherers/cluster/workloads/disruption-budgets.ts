import type { Cluster } from '../../../kube/cluster.ts';
import { at, type Json, listAt, nameOf, namespaceOf, numberAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { DEPLOYMENTS, listing, POD_DISRUPTION_BUDGETS, STATEFUL_SETS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { SCALING_SECTIONS } from '../../../wire/sections/cluster/workloads-scaling.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from './notable.ts';
import { parseSelector, type Selector, selects } from './selector.ts';
import { sideList } from './side-list.ts';

type Row = Sections['disruptionBudgets']['rows'][number];
/** A budget that selects no pod, kept until it is known whether its workload is scaled to zero. */
interface Unmatched {
  readonly key: string;
  readonly namespace: string;
  readonly selector: Selector;
}

const { cap: CAP } = SCALING_SECTIONS.disruptionBudgets.fields.rows;

/** @param now Unix seconds, for objects without a creation time */
export function parseBudget(object: Json, now: number): Row {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const namespace = namespaceOf(object);
  const allowed = listAt(status, 'conditions').find((condition) => textAt(condition, 'type') === 'DisruptionAllowed');
  const count = (key: string): number => Math.max(0, numberAt(status, key) ?? 0);
  return {
    namespace,
    name: nameOf(object),
    system: isSystemNamespace(namespace),
    createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? now,
    rule: spec['minAvailable'] !== undefined ? 'minAvailable' : spec['maxUnavailable'] !== undefined ? 'maxUnavailable' : 'none',
    expected: count('expectedPods'),
    healthy: count('currentHealthy'),
    desired: count('desiredHealthy'),
    allowed: count('disruptionsAllowed'),
    changedAt: timeAt(allowed, 'lastTransitionTime'),
    generationLag: (numberAt(status, 'observedGeneration') ?? 0) < (numberAt(object, 'metadata', 'generation') ?? 0),
  };
}

export async function gatherBudgets(cluster: Cluster, signal: AbortSignal): Promise<Sections['disruptionBudgets']> {
  const rows = new Notable<Row>(CAP, 3);
  const unmatched: Unmatched[] = [];
  let total = 0;
  for await (const object of cluster.list(POD_DISRUPTION_BUDGETS, signal)) {
    const row = parseBudget(object, cluster.now());
    total += 1;
    rows.add(row, row.healthy < row.desired ? 0 : row.allowed === 0 ? 1 : 2);
    if (row.expected === 0 && unmatched.length < CAP)
      unmatched.push({ key: `${row.namespace}/${row.name}`, namespace: row.namespace, selector: parseSelector(at(object, 'spec', 'selector')) });
  }
  const idle = unmatched.length === 0 ? undefined : await sideList(new Set<string>(), () => idleOf(cluster, signal, unmatched));
  return { total, dropped: rows.dropped, rows: rows.rows().map((row) => (row.expected === 0 && idle ? { ...row, idle: idle.has(`${row.namespace}/${row.name}`) } : row)) };
}

/** Budgets whose workload is scaled to zero. */
async function idleOf(cluster: Cluster, signal: AbortSignal, unmatched: readonly Unmatched[]): Promise<ReadonlySet<string>> {
  const idle = new Set<string>();
  for (const resource of [DEPLOYMENTS, STATEFUL_SETS]) {
    for await (const object of cluster.list(resource, signal)) {
      if (numberAt(object, 'spec', 'replicas') !== 0) continue;
      const namespace = namespaceOf(object);
      const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
      for (const budget of unmatched) if (budget.namespace === namespace && selects(budget.selector, labels)) idle.add(budget.key);
    }
  }
  return idle;
}

export const disruptionBudgets = clusterGatherer({
  section: 'disruptionBudgets',
  needs: [POD_DISRUPTION_BUDGETS, DEPLOYMENTS, STATEFUL_SETS].map(listing),
  deadlineMs: 120_000,
  gather: gatherBudgets,
});
