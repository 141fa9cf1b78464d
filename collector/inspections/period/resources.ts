/** Namespaces, backups, costs, systems and dates, from the sections of the newest inspections. Pure; times are Unix seconds. */
import type { Finding, GathererReport } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Fact, Rows } from '../../../reports/facts/fact.ts';
import type { NodeSystem } from '../../../reports/facts/middleware.ts';
import type { CalendarEntry, NamespaceHealth } from '../../../reports/facts/period.ts';
import type { BackupRecord, Costs, IdleNode, Prices } from '../../../reports/facts/service.ts';
import { factOf, systemName } from '../host-facts.ts';
import { compare } from './inspected.ts';

/** A machine, or a cluster's agent, with what its inspection read. */
export interface Read {
  readonly machine: string;
  readonly inspection: { readonly sections: SomeSections };
}

/** Rows that a report prints of anything. */
const MOST_ROWS = 500;

export function namespacesOf(sections: SomeSections, gatherers: readonly GathererReport[], findings: readonly Finding[], prefix = ''): Fact<Rows<NamespaceHealth>> {
  return factOf('pods', sections, gatherers, ({ byNamespace, namespacesDropped }) => {
    const { workloads } = sections;
    const complete = workloads !== undefined && workloads.dropped === 0 && workloads.rows.length === workloads.total;
    const own = Map.groupBy(workloads?.rows ?? [], ({ namespace }) => namespace);
    const wrong = Map.groupBy(findings, ({ scope }) => (scope.kind === 'Namespace' ? scope.name : (scope.namespace ?? '')));
    const rows = byNamespace.map(({ namespace, pods, restarts, cpuRequestsMillicores, memoryRequestsBytes }): NamespaceHealth => {
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
      };
    });
    return { rows: rows.toSorted(byTrouble).slice(0, MOST_ROWS), total: rows.length + namespacesDropped };
  });
}
function byTrouble(one: NamespaceHealth, other: NamespaceHealth): number {
  return other.findings.critical - one.findings.critical || other.findings.warning - one.findings.warning || other.pods - one.pods || compare(one.name, other.name);
}

/** etcd's backups as machines show them, and Velero's schedules. */
export function backupsOf(inspected: readonly Read[]): Fact<Rows<BackupRecord>> {
  const rows: BackupRecord[] = [];
  let dropped = 0;
  for (const { machine, inspection } of inspected) {
    const { etcdHost, backups } = inspection.sections;
    if (etcdHost?.backupFound)
      rows.push({ name: machine, kind: 'etcd', newestAt: etcdHost.newestBackupAt, sizeBytes: etcdHost.newestBackupBytes, succeeded: etcdHost.backupCount, encrypted: undefined });
    for (const { namespace, name, latest, latestCompletedAt } of backups?.schedules ?? [])
      rows.push({ name: `${namespace}/${name}`, kind: 'velero', newestAt: latestCompletedAt, ...(latest === 'failed' && { failed: 1 }) });
    dropped += backups?.dropped ?? 0;
  }
  const asked = inspected.some(({ inspection: { sections } }) => sections.etcdHost !== undefined || sections.backups !== undefined);
  if (!asked) return { missing: 'not-gathered' };
  return { value: { rows: rows.toSorted((one, other) => compare(one.kind + one.name, other.kind + other.name)).slice(0, MOST_ROWS), total: rows.length + dropped } };
}

/** Below these shares a node is idle: asked for less than a fifth and used less than a tenth (Kubernetes' cluster autoscaler looks for its emptiest nodes below half). */
const IDLE = { requestedPercent: 20, usedPercent: 10 } as const;
const MILLI = 1_000;

/** Requests beside use; without prices in resources alone. Use by workload is not measured, so nothing is said about it. */
export function costsOf(sections: SomeSections, gatherers: readonly GathererReport[], prices: Prices | undefined): Fact<Costs> {
  const { nodes, nodeUsage, volumes } = sections;
  return factOf('pods', sections, gatherers, ({ byNode }) => {
    const sum = <T>(rows: readonly T[] | undefined, value: (row: T) => number | undefined): number | undefined =>
      rows?.reduce<number>((total, row) => total + (value(row) ?? 0), 0);
    const loads = new Map(byNode.map((row) => [row.node, row]));
    const uses = new Map(nodeUsage?.rows.map((row) => [row.node, row]));
    const idle = (nodes?.rows ?? []).flatMap((node): IdleNode[] => {
      if (node.role !== 'worker') return [];
      const requested = share(loads.get(node.name)?.cpuRequestsMillicores ?? 0, node.cpuAllocatableMillicores);
      const used = share(uses.get(node.name)?.cpuMillicores, node.cpuAllocatableMillicores);
      if (requested === undefined || requested >= IDLE.requestedPercent || used === undefined || used >= IDLE.usedPercent) return [];
      return [{ name: node.name, millicores: node.cpuAllocatableMillicores, bytes: node.memoryAllocatableBytes, requestedPercent: requested, usedPercent: used }];
    });
    return {
      ...(prices && { prices }),
      requestedMillicores: sum(byNode, ({ cpuRequestsMillicores }) => cpuRequestsMillicores) ?? 0,
      requestedBytes: sum(byNode, ({ memoryRequestsBytes }) => memoryRequestsBytes) ?? 0,
      usedMillicores: sum(nodeUsage?.rows, ({ cpuMillicores }) => cpuMillicores),
      usedBytes: sum(nodeUsage?.rows, ({ memoryBytes }) => memoryBytes),
      allocatableMillicores: sum(nodes?.rows, ({ cpuAllocatableMillicores }) => cpuAllocatableMillicores),
      allocatableBytes: sum(nodes?.rows, ({ memoryAllocatableBytes }) => memoryAllocatableBytes),
      ...(nodeUsage && nodes && { idleNodes: idle.toSorted((one, other) => other.millicores - one.millicores || compare(one.name, other.name)).slice(0, MOST_ROWS) }),
      ...(volumes && {
        orphanedVolumes: volumes.rows
          .filter(({ phase }) => phase === 'Released' || phase === 'Available' || phase === 'Failed')
          .map(({ name, capacityBytes, since }) => ({ name, bytes: capacityBytes ?? 0, since }))
          .toSorted((one, other) => other.bytes - one.bytes || compare(one.name, other.name))
          .slice(0, MOST_ROWS),
      }),
    };
  });
}
function share(part: number | undefined, whole: number): number | undefined {
  return part === undefined || whole <= 0 ? undefined : Math.round((part / whole) * 100 * MILLI) / MILLI;
}

/** What is known of a release's life; from the tables that the program brings. */
export type SystemLife = (os: NonNullable<SomeSections['os']>) => Pick<NodeSystem, 'endOfSupportAt' | 'regularSupportEndsAt' | 'advised'> | undefined;

export function systemsOf(inspected: readonly Read[], lifeOf: SystemLife): Fact<Rows<NodeSystem>> {
  const rows = inspected.flatMap(({ machine, inspection: { sections } }): NodeSystem[] => {
    const { os, machine: hardware } = sections;
    if (os === undefined) return [];
    return [
      {
        node: machine,
        os: systemName(os.distribution, os.release ?? os.versionId),
        kernel: os.kernel,
        architecture: hardware?.architecture,
        updatedAt: os.packagesChangedAt,
        rebootPending: os.rebootRequired ?? os.newerKernelInstalled,
        ...lifeOf(os),
      },
    ];
  });
  return rows.length === 0 ? { missing: 'not-gathered' } : { value: { rows: rows.toSorted((one, other) => compare(one.node, other.node)), total: rows.length } };
}

/** Beyond it a date is nobody's task yet. */
const AHEAD_SECONDS = 366 * 86_400;

/** Certificates by machine that end within a year or have ended, soonest first. */
export function certificateDates(inspected: readonly Read[], now: number): readonly CalendarEntry[] {
  return inspected.flatMap(({ machine, inspection: { sections } }) => [
    ...(sections.certificates?.certificates ?? [])
      .filter(({ notAfter }) => notAfter < now + AHEAD_SECONDS)
      .map(({ name, notAfter, isCa, store }): CalendarEntry => ({ kind: 'certificate', name: `${machine} / ${name}`, dueAt: notAfter, note: isCa ? `${store} CA` : store })),
    ...(sections.webhooks?.rows ?? [])
      .filter(({ caExpiresAt }) => caExpiresAt !== undefined && caExpiresAt < now + AHEAD_SECONDS)
      .map(({ name, kind, caExpiresAt }): CalendarEntry => ({ kind: 'certificate', name: `${kind} / ${name}`, dueAt: caExpiresAt ?? 0, note: 'webhook CA' })),
  ]);
}

/** Soonest first, as many as a report prints. */
export function calendarOf(entries: readonly CalendarEntry[]): Rows<CalendarEntry> {
  const sorted = entries.toSorted((one, other) => one.dueAt - other.dueAt || compare(one.kind + one.name, other.kind + other.name));
  return { rows: sorted.slice(0, MOST_ROWS), total: sorted.length };
}
