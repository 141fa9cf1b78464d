import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { LIMIT_RANGES, listing, NAMESPACES, NETWORK_POLICIES, RESOURCE_QUOTAS, type Resource } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { type NAMESPACE_PROBLEMS, POD_SECURITY_LEVELS } from '../../../wire/sections/cluster/control-plane-governance.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from '../workloads/notable.ts';
import { isEmpty, parseSelector } from '../workloads/selector.ts';
import { whenReadable } from './readable.ts';

type Row = Sections['namespaces']['rows'][number];
type Writable = { -readonly [K in keyof Row]: Row[K] };
const CAP = 2_000;

/** Condition types of the namespace controller. */
const PROBLEM_CONDITIONS: Readonly<Record<string, (typeof NAMESPACE_PROBLEMS)[number]>> = {
  NamespaceDeletionDiscoveryFailure: 'discovery-failed',
  NamespaceDeletionContentFailure: 'content-failed',
  NamespaceContentRemaining: 'content-remaining',
  NamespaceFinalizersRemaining: 'finalizers-remaining',
  NamespaceDeletionGroupVersionParsingFailure: 'parsing-failed',
};

export function parseNamespace(namespace: Json): Row {
  const phase = textAt(namespace, 'status', 'phase');
  const level = textAt(namespace, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
  const problems = listAt(namespace, 'status', 'conditions')
    .slice(0, 50)
    .flatMap((condition) => {
      const type = textAt(condition, 'type') ?? '';
      const problem = Object.hasOwn(PROBLEM_CONDITIONS, type) ? PROBLEM_CONDITIONS[type] : undefined;
      return problem !== undefined && textAt(condition, 'status') === 'True' ? [problem] : [];
    });
  const name = nameOf(namespace);
  return {
    name,
    system: isSystemNamespace(name),
    phase: phase === 'Active' || phase === 'Terminating' ? phase : 'other',
    createdAt: timeAt(namespace, 'metadata', 'creationTimestamp') ?? 0,
    terminatingSince: timeAt(namespace, 'metadata', 'deletionTimestamp'),
    problems,
    podSecurity: level === undefined ? 'none' : (POD_SECURITY_LEVELS.find((known) => known === level) ?? 'other'),
  };
}

/** Directions in which a policy selects every pod and allows nothing. */
export function defaultDeny(policy: Json): { readonly ingress: boolean; readonly egress: boolean } {
  if (!isEmpty(parseSelector(objectAt(policy, 'spec', 'podSelector')))) return { ingress: false, egress: false };
  const types = listAt(policy, 'spec', 'policyTypes');
  const rules = { ingress: listAt(policy, 'spec', 'ingress').length, egress: listAt(policy, 'spec', 'egress').length };
  const isIngress = types.length === 0 || types.includes('Ingress');
  const isEgress = types.includes('Egress') || (types.length === 0 && rules.egress > 0);
  return { ingress: isIngress && rules.ingress === 0, egress: isEgress && rules.egress === 0 };
}

/** Counts the objects of a resource in the known namespaces. A resource that may not be read leaves its counts out. */
async function join(
  cluster: Cluster,
  signal: AbortSignal,
  resource: Resource,
  rows: ReadonlyMap<string, Writable>,
  count: (row: Writable, item: Json | undefined) => void,
): Promise<void> {
  await whenReadable(async () => {
    const version = await cluster.servedVersion(resource, signal);
    if (version === undefined) return;
    let zeroed = false;
    const zero = (): void => {
      for (const row of rows.values()) count(row, undefined);
      zeroed = true;
    };
    for await (const item of cluster.list(resource, signal)) {
      if (!zeroed) zero();
      const row = rows.get(namespaceOf(item));
      if (row) count(row, item);
    }
    if (!zeroed) zero();
  });
}

export const namespaces = clusterGatherer({
  section: 'namespaces',
  needs: [listing(NAMESPACES), listing(RESOURCE_QUOTAS), listing(LIMIT_RANGES), listing(NETWORK_POLICIES)],
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    const kept = new Notable<Writable>(CAP, 3);
    const counts = { total: 0, active: 0, terminating: 0 };
    for await (const item of cluster.list(NAMESPACES, signal)) {
      const row = parseNamespace(item);
      counts.total += 1;
      if (row.phase === 'Active') counts.active += 1;
      if (row.phase === 'Terminating') counts.terminating += 1;
      kept.add({ ...row }, row.phase === 'Terminating' ? 0 : row.system ? 2 : 1);
    }
    const rows = kept.rows();
    const byName = new Map(rows.map((row) => [row.name, row]));
    await join(cluster, signal, RESOURCE_QUOTAS, byName, (row, item) => {
      row.quotas = (row.quotas ?? 0) + (item ? 1 : 0);
    });
    await join(cluster, signal, LIMIT_RANGES, byName, (row, item) => {
      row.limitRanges = (row.limitRanges ?? 0) + (item ? 1 : 0);
    });
    await join(cluster, signal, NETWORK_POLICIES, byName, (row, item) => {
      const { ingress, egress } = item ? defaultDeny(item) : { ingress: false, egress: false };
      row.policies = (row.policies ?? 0) + (item ? 1 : 0);
      row.defaultDenyIngress = row.defaultDenyIngress === true || ingress;
      row.defaultDenyEgress = row.defaultDenyEgress === true || egress;
    });
    return { ...counts, dropped: counts.total - rows.length, rows };
  },
});
