/** Namespaces of one cluster or of several, those in trouble first. Pure. */
import type { Finding, GathererReport } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { instanceOf } from '../../../agent/wire/setting-scope.ts';
import type { Fact, Rows } from '../../../reports/facts/fact.ts';
import type { NamespaceHealth } from '../../../reports/facts/period.ts';
import { factOf } from '../host-facts.ts';
import { clusterSections, compare, type Inspected, mergedFindings } from './inspected.ts';

/** Rows that a report prints of anything. */
const MOST_ROWS = 500;

type Row = NonNullable<SomeSections['pods']>['byNamespace'][number];
type Counted = Pick<Row, 'namespace'> & Partial<Row>;

export function namespacesOf(sections: SomeSections, gatherers: readonly GathererReport[], findings: readonly Finding[], prefix = ''): Fact<Rows<NamespaceHealth>> {
  return factOf('pods', sections, gatherers, ({ byNamespace, namespacesDropped }) => {
    const { workloads } = sections;
    const complete = workloads !== undefined && workloads.dropped === 0 && workloads.rows.length === workloads.total;
    const own = Map.groupBy(workloads?.rows ?? [], ({ namespace }) => namespace);
    const uses = new Map(sections.workloadUsage?.byNamespace.map((use) => [use.namespace, use]));
    const homes = new Map((sections.middleware?.rows ?? []).map(({ instance, namespace }) => [instance, namespace]));
    const wrong = Map.groupBy(findings, ({ scope }) => namespaceOf(scope, homes));
    // What is wrong in a namespace without pods is wrong all the same; where the list was cut, nobody knows whether it has some.
    const listed = new Set(byNamespace.map(({ namespace }) => namespace));
    const podless = [...wrong.keys()].filter((namespace) => namespace !== '' && !listed.has(namespace));
    const none = namespacesDropped === 0 ? { pods: 0, restarts: 0, cpuRequestsMillicores: 0, memoryRequestsBytes: 0 } : {};
    const counted: readonly Counted[] = [...byNamespace, ...podless.map((namespace) => ({ namespace, ...none }))];
    const rows = counted.map(({ namespace, pods, restarts, cpuRequestsMillicores, memoryRequestsBytes }): NamespaceHealth => {
      const found = wrong.get(namespace) ?? [];
      const count = (severity: Finding['severity']): number => found.filter((one) => one.severity === severity).length;
      const running = own.get(namespace) ?? [];
      return {
        name: `${prefix}${namespace}`,
        workloads: running.length,
        ...(complete && { healthyWorkloads: running.filter(({ ready, desired }) => ready >= desired).length }),
        pods,
        restarts,
        findings: { critical: count('critical'), warning: count('warning'), info: count('info') },
        cpuRequestMillicores: cpuRequestsMillicores,
        memoryRequestBytes: memoryRequestsBytes,
        cpuUsedMillicores: uses.get(namespace)?.cpuMillicores,
        memoryUsedBytes: uses.get(namespace)?.memoryBytes,
      };
    });
    return { rows: rows.toSorted(byTrouble).slice(0, MOST_ROWS), total: Math.max(rows.length, byNamespace.length + namespacesDropped) };
  });
}
/** An instance of middleware says of which namespace it is by the inventory; empty: of none. */
function namespaceOf(scope: Finding['scope'], homes: ReadonlyMap<string, string | undefined>): string {
  if (scope.kind === 'Namespace') return scope.name;
  return scope.namespace ?? homes.get(instanceOf(scope) ?? '') ?? '';
}
function byTrouble(one: NamespaceHealth, other: NamespaceHealth): number {
  return other.findings.critical - one.findings.critical || other.findings.warning - one.findings.warning || (other.pods ?? 0) - (one.pods ?? 0) || compare(one.name, other.name);
}

export function namespacesOfAll(
  inspected: readonly Inspected[],
  clusters: readonly { readonly id: string; readonly name: string }[],
  findings: readonly Finding[],
): Fact<Rows<NamespaceHealth>> {
  const rows: NamespaceHealth[] = [];
  let total = 0;
  let missing: Fact<never> = { missing: 'not-gathered' };
  for (const { id, name } of clusters) {
    const own = inspected.filter(({ clusterId }) => clusterId === id);
    const sections = clusterSections(own);
    if (!sections) continue;
    const mine = clusters.length === 1 ? findings : mergedFindings(own.map(({ inspection }) => inspection));
    const fact = namespacesOf(sections.sections, sections.gatherers, mine, clusters.length === 1 ? '' : `${name}/`);
    if ('value' in fact) {
      rows.push(...fact.value.rows);
      total += fact.value.total;
    } else missing = fact;
  }
  return rows.length === 0 ? missing : { value: { rows, total } };
}
