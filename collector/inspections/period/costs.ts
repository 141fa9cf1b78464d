/** Requests beside use, for a cluster, its nodes and its workloads. Pure. */
import type { GathererReport } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Fact } from '../../../reports/facts/fact.ts';
import type { Costs, IdleNode, Prices, WorkloadCost } from '../../../reports/facts/service.ts';
import { oversizedIn, spareOf } from '../../../reports/oversized.ts';
import { factOf } from '../host-facts.ts';
import { compare } from './inspected.ts';

/** One measurement of all workloads. */
export type WorkloadUsage = NonNullable<SomeSections['workloadUsage']>;
/** Measurements of a stretch, newest last, and how many inspections they were drawn from. */
export interface MeasuredUsage {
  readonly samples: readonly WorkloadUsage[];
  readonly inspections?: number | undefined;
}
type Pods = NonNullable<SomeSections['pods']>;

/** Rows that a report prints of anything. */
const MOST_ROWS = 500;

/** Below these shares a node is idle: asked for less than a fifth and used less than a tenth (Kubernetes' cluster autoscaler looks for its emptiest nodes below half). */
const IDLE = { requestedPercent: 20, usedPercent: 10 } as const;
const MILLI = 1_000;

/**
 * Requests beside use; without prices in resources alone.
 * @param usage of the period; without it what this inspection measured
 */
export function costsOf(sections: SomeSections, gatherers: readonly GathererReport[], prices: Prices | undefined, usage?: MeasuredUsage): Fact<Costs> {
  const { nodes, nodeUsage, volumes, workloadUsage } = sections;
  const measured: MeasuredUsage = usage && usage.samples.length > 0 ? usage : { samples: workloadUsage ? [workloadUsage] : [] };
  return factOf('pods', sections, gatherers, (pods) => {
    const { byNode } = pods;
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
      ...(pods.nodesDropped === 0 && { askedByWorkloads: askedOnNodes(pods) }),
      ...workloadCosts(pods, measured),
    };
  });
}
function share(part: number | undefined, whole: number): number | undefined {
  return part === undefined || whole <= 0 ? undefined : Math.round((part / whole) * 100 * MILLI) / MILLI;
}

/** Of the measurements of a period this share lies below what is called its use: a peak that lasts is in it, a single odd one of twenty is not. */
const USE_SHARE = 0.95;
interface Uses {
  readonly millicores: number[];
  readonly bytes: number[];
}
/** Joined by namespace and name: old metrics-servers do not tell the kind. */
function workloadCosts(
  { byWorkload, workloadsDropped = 0 }: Pods,
  { samples, inspections }: MeasuredUsage,
): Pick<Costs, 'workloads' | 'oversized' | 'usageSamples' | 'usageInspections'> {
  if (byWorkload === undefined) return {};
  const measured = new Map<string, Uses>();
  for (const { rows } of samples)
    for (const { namespace, name, cpuMillicores, memoryBytes } of rows) {
      const key = keyOf(namespace, name);
      const known = measured.get(key) ?? { millicores: [], bytes: [] };
      known.millicores.push(cpuMillicores);
      known.bytes.push(memoryBytes);
      measured.set(key, known);
    }
  const rows = byWorkload.map(({ namespace, kind, name, pods, cpuRequestsMillicores, memoryRequestsBytes }): WorkloadCost => {
    const use = measured.get(keyOf(namespace, name));
    return {
      ...{ namespace, kind, name, pods, requestedMillicores: cpuRequestsMillicores, requestedBytes: memoryRequestsBytes },
      ...(use && { usedMillicores: quantile(use.millicores), usedBytes: quantile(use.bytes) }),
    };
  });
  return {
    workloads: { rows: rows.slice(0, MOST_ROWS), total: rows.length + workloadsDropped },
    ...(samples.length > 0 && {
      usageSamples: samples.length,
      ...(inspections !== undefined && { usageInspections: inspections }),
      oversized: rows
        .flatMap((row) => (isOversized(row) ? [row] : []))
        .toSorted((one, other) => idleCores(other) - idleCores(one) || compare(one.namespace + one.name, other.namespace + other.name)),
    }),
  };
}
function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
/** Nearest rank. */
function quantile(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * USE_SHARE) - 1] ?? 0;
}
type Known = WorkloadCost & { readonly usedMillicores: number; readonly usedBytes: number };
function isOversized(row: WorkloadCost): row is Known {
  return row.usedMillicores !== undefined && row.usedBytes !== undefined && oversizedIn(row as Known).length > 0;
}
/** Cores that lie idle, memory as the cores it usually comes with (4 GiB a core). */
function idleCores(row: Known): number {
  const { millicores, bytes } = spareOf(row);
  return millicores / MILLI + bytes / (4 * 2 ** 30);
}
/** Of pods that have a node; those that wait for one ask for their share of what their owner asks for. */
function askedOnNodes({ byWorkload, workloadsDropped = 0, abnormal, dropped, unscheduled }: Pods): Costs['askedByWorkloads'] {
  const waiting = abnormal.filter(({ node, phase }) => (node ?? '') === '' && phase === 'Pending');
  if (byWorkload === undefined || workloadsDropped > 0 || dropped > 0 || waiting.length < unscheduled) return undefined;
  let [millicores, bytes] = [0, 0];
  for (const { namespace, name, pods, cpuRequestsMillicores, memoryRequestsBytes } of byWorkload) {
    const placed = pods - waiting.filter((pod) => pod.namespace === namespace && pod.owner === name).length;
    const share = pods === 0 ? 0 : placed / pods;
    millicores += cpuRequestsMillicores * share;
    bytes += memoryRequestsBytes * share;
  }
  return { millicores: Math.round(millicores), bytes: Math.round(bytes) };
}
