/**
 * Numbers that are kept over years, as a declared table: which section gives which series. Per machine they carry its name
 * (`cpu.used-percent|node~…`), per cluster they have none.
 */
import type { SectionName, SomeSections } from '../../agent/wire/section-values.ts';
import type { Unit } from '../../agent/wire/vocabulary.ts';

export interface Series {
  /** Name before the `|`. */
  readonly name: string;
  readonly unit: Unit;
  readonly section: SectionName;
  /** @param now Unix seconds of the inspection; `undefined` when the source did not tell */
  read(sections: SomeSections, now: number): number | undefined;
}

function of<S extends SectionName>(name: string, unit: Unit, section: S, read: (value: NonNullable<SomeSections[S]>, now: number) => number | undefined): Series {
  return {
    name,
    unit,
    section,
    read(sections, now) {
      const value = sections[section];
      return value === undefined ? undefined : read(value, now);
    },
  };
}
function largest(values: Iterable<number | undefined>): number | undefined {
  let most: number | undefined;
  for (const value of values) if (value !== undefined && (most === undefined || value > most)) most = value;
  return most;
}
/** 0–100; `undefined` of nothing. */
function share(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.round((part / whole) * 10_000) / 100 : undefined;
}
/** Nodes that somebody measured: what the others offer is no part of the share, as in the checks of capacity. */
function offered({ rows }: NonNullable<SomeSections['nodes']>, usage: NonNullable<SomeSections['nodeUsage']>): NonNullable<SomeSections['nodes']>['rows'] {
  const measured = new Set(usage.rows.map(({ node }) => node));
  return rows.filter(({ name }) => measured.has(name));
}
const DAY_SECONDS = 86_400;

export const SERIES: readonly Series[] = [
  of('cpu.used-percent', 'percent', 'cpu', ({ busyPercent }) => busyPercent),
  of('load.per-core', 'ratio', 'load', ({ load15, cores }) => (cores > 0 ? Math.round((load15 / cores) * 1_000) / 1_000 : undefined)),
  of('memory.used-percent', 'percent', 'memory', ({ usedPercent }) => usedPercent),
  // The worst local file system that holds data of the host: what runs full first.
  of('disk.used-percent', 'percent', 'filesystems', ({ mounts }) =>
    largest(mounts.filter(({ network, role }) => !network && (role === 'host' || role === 'boot')).map(({ usedPercent }) => usedPercent)),
  ),
  of('disk.inodes-used-percent', 'percent', 'filesystems', ({ mounts }) => largest(mounts.filter(({ network }) => !network).map(({ inodesUsedPercent }) => inodesUsedPercent))),
  of('disk.utilisation-percent', 'percent', 'disks', ({ devices }) => largest(devices.map(({ utilisationPercent }) => utilisationPercent))),
  of('network.bytes-per-second', 'bytes-per-second', 'interfaces', ({ interfaces }) =>
    largest(
      interfaces.map(({ rxBytesPerSecond, txBytesPerSecond }) =>
        rxBytesPerSecond === undefined || txBytesPerSecond === undefined ? undefined : rxBytesPerSecond + txBytesPerSecond,
      ),
    ),
  ),
  of('certificates.days-left', 'days', 'certificates', ({ certificates }, now) => {
    const soonest = largest(certificates.map(({ notAfter }) => -notAfter));
    return soonest === undefined ? undefined : Math.floor((-soonest - now) / DAY_SECONDS);
  }),
  of('etcd.quota-percent', 'percent', 'etcdHost', ({ quotaPercent }) => quotaPercent),
  of('nodes.total', 'count', 'nodes', ({ total }) => total),
  of('nodes.ready', 'count', 'nodes', ({ rows }) => rows.filter(({ ready }) => ready === 'true').length),
  of('pods.total', 'count', 'pods', ({ total }) => total),
  of('pods.not-ready', 'count', 'pods', ({ notReady }) => notReady),
  of('pods.restarts', 'count', 'pods', ({ restarts }) => restarts),
  of('workloads.total', 'count', 'workloads', ({ total }) => total),
  of('claims.requested-bytes', 'bytes', 'claims', ({ requestedBytes }) => requestedBytes),
  {
    name: 'cluster.cpu-requested-percent',
    unit: 'percent',
    section: 'pods',
    read: ({ pods, nodes }) =>
      pods &&
      nodes &&
      share(
        pods.byNode.reduce((sum, { cpuRequestsMillicores }) => sum + cpuRequestsMillicores, 0),
        nodes.rows.reduce((sum, { cpuAllocatableMillicores }) => sum + (cpuAllocatableMillicores ?? 0), 0),
      ),
  },
  {
    name: 'cluster.memory-requested-percent',
    unit: 'percent',
    section: 'pods',
    read: ({ pods, nodes }) =>
      pods &&
      nodes &&
      share(
        pods.byNode.reduce((sum, { memoryRequestsBytes }) => sum + memoryRequestsBytes, 0),
        nodes.rows.reduce((sum, { memoryAllocatableBytes }) => sum + (memoryAllocatableBytes ?? 0), 0),
      ),
  },
  {
    name: 'cluster.cpu-used-percent',
    unit: 'percent',
    section: 'nodeUsage',
    read: ({ nodeUsage, nodes }) =>
      nodeUsage &&
      nodes &&
      share(
        nodeUsage.rows.reduce((sum, { cpuMillicores }) => sum + cpuMillicores, 0),
        offered(nodes, nodeUsage).reduce((sum, { cpuAllocatableMillicores }) => sum + cpuAllocatableMillicores, 0),
      ),
  },
  {
    name: 'cluster.memory-used-percent',
    unit: 'percent',
    section: 'nodeUsage',
    read: ({ nodeUsage, nodes }) =>
      nodeUsage &&
      nodes &&
      share(
        nodeUsage.rows.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
        offered(nodes, nodeUsage).reduce((sum, { memoryAllocatableBytes }) => sum + memoryAllocatableBytes, 0),
      ),
  },
];

/** Name and value of every series that an inspection has. */
export function seriesOf(sections: SomeSections, takenAt: number): (readonly [string, number])[] {
  const out: (readonly [string, number])[] = [];
  for (const series of SERIES) {
    const value = sections[series.section] === undefined ? undefined : series.read(sections, takenAt);
    if (value !== undefined && Number.isFinite(value)) out.push([series.name, value]);
  }
  return out;
}
