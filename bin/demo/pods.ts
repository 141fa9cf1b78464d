/** The sections that are counted from the demo's pods. */
import type { Draft } from './healthy.ts';
import { type DemoPod, isSystem, WORKLOADS } from './workloads.ts';

type Pods = NonNullable<Draft['pods']>;
type Usage = NonNullable<Draft['workloadUsage']>;
type WorkloadRow = NonNullable<Draft['workloads']>['rows'][number];
/** What the system and the kubelet use of a node, beside its pods: millicores and bytes. */
export const NODE_OVERHEAD = { millicores: 320, bytes: 1.6 * 2 ** 30 } as const;
/** Pods may use more than they asked for, within this share. */
const LIMIT_SHARE = 1.25;

function total<T>(rows: readonly T[], value: (row: T) => number): number {
  return Math.round(rows.reduce((sum, row) => sum + value(row), 0));
}
const unfinished = (pods: readonly DemoPod[]): readonly DemoPod[] => pods.filter(({ phase }) => phase !== 'Succeeded');
function grouped(pods: readonly DemoPod[]): readonly (readonly [DemoPod, readonly DemoPod[]])[] {
  return [...Map.groupBy(pods, ({ namespace, kind, owner }) => `${namespace}/${kind}/${owner}`).values()].flatMap((own) => (own[0] ? [[own[0], own] as const] : []));
}

/** What pods and the system use of one node. */
export function useOf(pods: readonly DemoPod[], node: string): { readonly millicores: number; readonly bytes: number } {
  const own = pods.filter((pod) => pod.node === node && pod.phase === 'Running');
  return { millicores: total(own, ({ cpuUse }) => cpuUse) + NODE_OVERHEAD.millicores, bytes: total(own, ({ memoryUse }) => memoryUse) + NODE_OVERHEAD.bytes };
}

/** @param nodes all of the cluster, in order. @param template of what nobody counts here */
export function podSection(template: Pods, pods: readonly DemoPod[], nodes: readonly string[]): Pods {
  const alive = unfinished(pods);
  return {
    ...template,
    total: pods.length,
    byPhase: Object.fromEntries([...Map.groupBy(pods, ({ phase }) => phase)].map(([phase, own]) => [phase, own.length])),
    byWaiting: Object.fromEntries(
      [...Map.groupBy(pods, ({ more }) => more?.['waiting'])].flatMap(([reason, own]) => (typeof reason === 'string' ? [[reason, own.length] as const] : [])),
    ),
    notReady: pods.filter(({ phase, ready }) => phase === 'Running' && !ready).length,
    unscheduled: alive.filter(({ node }) => node === '').length,
    finished: pods.length - alive.length,
    restarts: total(pods, ({ restarts }) => restarts),
    abnormal: pods.flatMap(abnormalRow),
    byNode: nodes.map((node) => {
      const own = alive.filter((pod) => pod.node === node);
      return {
        ...{ node, pods: own.length, tenantPods: own.filter(({ system, kind }) => !system && kind !== 'DaemonSet').length },
        ...{ cpuRequestsMillicores: total(own, ({ cpuRequest }) => cpuRequest), memoryRequestsBytes: total(own, ({ memoryRequest }) => memoryRequest) },
        ...{ cpuLimitsMillicores: total(own, ({ cpuRequest }) => cpuRequest * LIMIT_SHARE), memoryLimitsBytes: total(own, ({ memoryRequest }) => memoryRequest * LIMIT_SHARE) },
      };
    }),
    byNamespace: [...Map.groupBy(pods, ({ namespace }) => namespace)].map(([namespace, own]) => ({
      ...{ namespace, system: isSystem(namespace), pods: own.length, ready: own.filter(({ ready }) => ready).length, restarts: total(own, ({ restarts }) => restarts) },
      ...{ cpuRequestsMillicores: total(unfinished(own), ({ cpuRequest }) => cpuRequest), memoryRequestsBytes: total(unfinished(own), ({ memoryRequest }) => memoryRequest) },
    })),
    byWorkload: grouped(alive)
      .map(([{ namespace, kind, owner }, own]) => ({
        ...{ namespace, kind, name: owner, pods: own.length },
        ...{ cpuRequestsMillicores: total(own, ({ cpuRequest }) => cpuRequest), memoryRequestsBytes: total(own, ({ memoryRequest }) => memoryRequest) },
      }))
      .toSorted((one, other) => other.cpuRequestsMillicores - one.cpuRequestsMillicores || other.memoryRequestsBytes - one.memoryRequestsBytes),
  };
}
function abnormalRow({ more, ...pod }: DemoPod): Pods['abnormal'] {
  if (more === undefined) return [];
  const { namespace, name, system, kind, owner, node, phase, ready, restarts } = pod;
  const createdAt = Number(more['createdAt']);
  const row = {
    ...{ namespace, name, system, ownerKind: kind, owner, node, phase, ready, restarts, gated: false, initializing: false, static: kind === 'Node', containers: 1 },
    ...{ createdAt, readyChangedAt: createdAt, scheduledAt: node === '' ? undefined : createdAt, qos: 'Burstable' },
    ...more,
  };
  return [row as Pods['abnormal'][number]]; // a test seals every moment
}

/** What metrics-server measures. @param seen whether it reaches a node */
export function usageSection(template: Usage, pods: readonly DemoPod[], seen: (node: string) => boolean): Usage {
  const running = pods.filter(({ phase, node }) => phase === 'Running' && seen(node));
  const amounts = (own: readonly DemoPod[]) => ({ pods: own.length, cpuMillicores: total(own, ({ cpuUse }) => cpuUse), memoryBytes: total(own, ({ memoryUse }) => memoryUse) });
  return {
    ...template,
    ...amounts(running),
    rows: grouped(running).map(([{ namespace, kind, owner }, own]) => ({ namespace, kind, name: owner, ...amounts(own) })),
    byNamespace: [...Map.groupBy(running, ({ namespace }) => namespace)].map(([namespace, own]) => ({ namespace, ...amounts(own) })),
  };
}

/** Configuration of every workload like the template's of its kind, counted by its pods; static pods are none. */
export function workloadSection(template: NonNullable<Draft['workloads']>, pods: readonly DemoPod[]): NonNullable<Draft['workloads']> {
  const like = (kind: string, system: boolean): WorkloadRow | undefined =>
    template.rows.find((row) => row.kind === kind && row.system === system) ?? template.rows.find((row) => row.kind === kind);
  const rows = grouped(pods).flatMap(([{ namespace, system, kind, owner }, own]): WorkloadRow[] => {
    const row = like(kind, system);
    if (kind === 'Node' || row === undefined) return [];
    const { autoscalerMinimum: _minimum, ...plain } = row;
    const counts = kind === 'CronJob' ? { desired: 0, current: 0, ready: 0, available: 0, updated: 0 } : countsOf(own);
    const budgets = kind === 'DaemonSet' || kind === 'CronJob' || system ? {} : { budgets: 1, budgetMinimum: 1 };
    const scaled = namespace === SCALED.namespace && owner === SCALED.name;
    return [{ ...(scaled ? row : plain), ...{ namespace, system, name: owner, autoscaled: scaled }, ...counts, ...budgets }];
  });
  return { ...template, ...sums(rows), rows };
}
/** The workload that the healthy autoscaler and disruption budget are about. */
export const SCALED = { namespace: 'web', name: 'storefront' } as const;
function countsOf(own: readonly DemoPod[]): Pick<WorkloadRow, 'desired' | 'current' | 'ready' | 'available' | 'updated'> {
  const ready = own.filter((pod) => pod.ready).length;
  return { desired: own.length, current: own.length, ready, available: ready, updated: own.length };
}
/** Totals of the section, from its rows. */
export function sums(rows: readonly WorkloadRow[]): Pick<NonNullable<Draft['workloads']>, 'total' | 'byKind' | 'replicasDesired' | 'replicasReady'> {
  return {
    total: rows.length,
    byKind: Object.fromEntries([...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length])),
    replicasDesired: total(rows, ({ desired }) => desired),
    replicasReady: total(rows, ({ ready }) => ready),
  };
}

/** Components of the platform, as many as run. */
export function componentRows(template: NonNullable<Draft['addons']>, pods: readonly DemoPod[]): NonNullable<Draft['addons']>['components'] {
  return WORKLOADS.flatMap(({ component, namespace, name, kind }) => {
    const row = template.components.find((one) => one.component === component);
    if (row === undefined || (kind !== 'Deployment' && kind !== 'DaemonSet' && kind !== 'StatefulSet')) return [];
    const own = pods.filter((pod) => pod.owner === name && pod.namespace === namespace);
    return [{ ...row, namespace, name, kind, desired: own.length, ready: own.filter(({ ready }) => ready).length }];
  });
}
