/** What the nodes offer and what pods request of it: sections `nodes` and `pods` side by side. */
import type { Sections } from '../wire/section-values.ts';
import type { NodeRow } from './node-rows.ts';

type ByNode = Sections['pods']['byNode'][number];

/** One node that ordinary pods can be scheduled to. */
export interface Room {
  readonly node: string;
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly podSlots: number;
  readonly pods: number;
  readonly cpuRequestsMillicores: number;
  readonly memoryRequestsBytes: number;
  readonly cpuLimitsMillicores: number;
  readonly memoryLimitsBytes: number;
}

/** Whether ordinary pods can go there: nodes with taints of their own are pools apart, and a sum over pools would mislead. */
export function takesPods(row: NodeRow): boolean {
  return row.ready === 'true' && !row.unschedulable && !row.dedicated && row.taints === 0 && !row.unreachable;
}

/** The common pool. A node without a row in `pods` carries none. */
export function roomsOf(nodes: Sections['nodes'], pods: Sections['pods']): readonly Room[] {
  const carried = new Map<string, ByNode>(pods.byNode.map((row) => [row.node, row]));
  return nodes.rows.filter(takesPods).map((row) => {
    const use = carried.get(row.name);
    return {
      node: row.name,
      cpuMillicores: row.cpuAllocatableMillicores,
      memoryBytes: row.memoryAllocatableBytes,
      podSlots: row.podsAllocatable,
      pods: use?.pods ?? 0,
      cpuRequestsMillicores: use?.cpuRequestsMillicores ?? 0,
      memoryRequestsBytes: use?.memoryRequestsBytes ?? 0,
      cpuLimitsMillicores: use?.cpuLimitsMillicores ?? 0,
      memoryLimitsBytes: use?.memoryLimitsBytes ?? 0,
    };
  });
}

type Quantity = Exclude<keyof Room, 'node'>;
export function total(rooms: readonly Room[], quantity: Quantity): number {
  let sum = 0;
  for (const room of rooms) sum += room[quantity];
  return sum;
}
export function largest(rooms: readonly Room[], quantity: Quantity): number {
  return Math.max(0, ...rooms.map((room) => room[quantity]));
}
/** Share in percent, rounded to a tenth; `undefined` without a whole. */
export function percentOf(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.round((part / whole) * 1_000) / 10 : undefined;
}
