/**
 * What each role of a machine asks of its kernel and its limits. Bounds are minima and maxima: more than enough is never wrong; only a
 * switch (overcommit, panic) has one good value, so both are the same. Every row names who asks.
 */
import { HOST_ROLES, type HostRole, type TunedProfile } from '../wire/sections/host/system-roles.ts';

export const HOST_PARAMETERS = [
  'fs.aio-max-nr',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.panic',
  'kernel.panic_on_oops',
  'kernel.sem.semmni',
  'kernel.shmmax',
  'kernel.shmmni',
  'net.core.somaxconn',
  'net.ipv4.ip_local_port_range',
  'nofile',
  'nproc',
  'transparent_hugepage',
  'vm.max_map_count',
  'vm.overcommit_memory',
  'vm.swappiness',
] as const;
export type HostParameter = (typeof HOST_PARAMETERS)[number];

export interface ProfileRow {
  readonly parameter: HostParameter;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly source: string;
}
/** Transparent huge pages by how far they go. */
export const THP_LEVELS: Readonly<Record<'never' | 'madvise' | 'always', number>> = { never: 0, madvise: 1, always: 2 };

const AIO: ProfileRow = { parameter: 'fs.aio-max-nr', minimum: 262_144, source: 'KubeKey: 262144, for databases that write asynchronously' };
const QUEUE: ProfileRow = { parameter: 'net.core.somaxconn', minimum: 4_096, source: 'kernel default since 5.4: 4096; a listener gets no longer queue than this' };
const PORTS: ProfileRow = { parameter: 'net.ipv4.ip_local_port_range', minimum: 28_000, source: 'kernel default 32768-60999: it opens connections of its own' };
const NO_THP: ProfileRow = {
  parameter: 'transparent_hugepage',
  maximum: THP_LEVELS.madvise,
  source: 'manuals of Redis, MongoDB, Oracle and TiDB; KubeKey sets never: latency and memory suffer where the kernel decides',
};
const FEW_SWAPS: ProfileRow = { parameter: 'vm.swappiness', maximum: 10, source: 'KubeEye: at most 10' };
const HARDLY_SWAPS: ProfileRow = { parameter: 'vm.swappiness', maximum: 1, source: 'manuals of Elasticsearch and MongoDB: 1' };
const FILES: ProfileRow = { parameter: 'nofile', minimum: 65_535, source: 'TongTech manuals, Elasticsearch bootstrap check: 65535' };

export const HOST_PROFILES: Readonly<Record<HostRole, readonly ProfileRow[]>> = {
  'kubernetes-node': [
    { parameter: 'vm.overcommit_memory', minimum: 1, maximum: 1, source: 'kubelet (protect-kernel-defaults) and Kubespray: 1' },
    { parameter: 'kernel.panic', minimum: 1, source: 'Kubespray and kubelet: 10; 0 means the machine stands still' },
    { parameter: 'kernel.panic_on_oops', minimum: 1, maximum: 1, source: 'Kubespray and kubelet (protect-kernel-defaults): 1' },
    QUEUE,
    PORTS,
  ],
  redis: [
    { parameter: 'vm.overcommit_memory', minimum: 1, maximum: 1, source: 'Redis administration guide: 1, or saving in the background fails' },
    { parameter: 'net.core.somaxconn', minimum: 511, source: 'tcp-backlog of Redis: 511' },
    { parameter: 'nofile', minimum: 10_032, source: 'maxclients 10000 and the 32 files that Redis keeps for itself' },
    NO_THP,
    FEW_SWAPS,
  ],
  mysql: [AIO, NO_THP, FEW_SWAPS, { parameter: 'nofile', minimum: 5_000, source: 'MySQL: open_files_limit is at least 5000' }],
  postgresql: [
    AIO,
    NO_THP,
    FEW_SWAPS,
    { parameter: 'kernel.sem.semmni', minimum: 128, source: 'PostgreSQL manual, kernel resources: one set for 16 connections, and those of background workers' },
  ],
  mongodb: [
    { parameter: 'vm.max_map_count', minimum: 262_144, source: 'KubeEye: 262144; MongoDB production notes: two for each connection' },
    { ...NO_THP, source: 'MongoDB production notes up to 7.0; from 8.0 on exempt this role' },
    { ...HARDLY_SWAPS, source: 'MongoDB production notes: 1' },
    { parameter: 'nofile', minimum: 64_000, source: 'MongoDB, ulimit settings: 64000' },
    { parameter: 'nproc', minimum: 64_000, source: 'MongoDB, ulimit settings: 64000' },
  ],
  'other-database': [
    AIO,
    NO_THP,
    FEW_SWAPS,
    { parameter: 'kernel.shmmax', minimum: 1_073_741_824, source: 'practice: 1 GiB at the least for a shared pool; kernels set far more since 3.16' },
    { parameter: 'kernel.sem.semmni', minimum: 128, source: 'Oracle installation guide: 128' },
  ],
  elasticsearch: [
    { parameter: 'vm.max_map_count', minimum: 262_144, source: 'Elasticsearch bootstrap check: 262144' },
    { ...HARDLY_SWAPS, source: 'Elasticsearch, important system configuration: 1' },
    FILES,
    { parameter: 'nproc', minimum: 4_096, source: 'Elasticsearch bootstrap check: 4096 threads' },
  ],
  kafka: [{ parameter: 'nofile', minimum: 100_000, source: 'Kafka operations guide: 100000 for a broker' }, { ...HARDLY_SWAPS, source: 'Kafka operations guide: 1' }, QUEUE],
  rabbitmq: [{ parameter: 'nofile', minimum: 50_000, source: 'RabbitMQ production checklist: 50000' }, QUEUE],
  'java-server': [FILES, { parameter: 'nproc', minimum: 65_535, source: 'KubeKey: 65536; each Java thread counts' }, QUEUE, PORTS, FEW_SWAPS],
  tonglinkq: [
    { parameter: 'kernel.shmmax', minimum: 268_435_456, source: 'practice: its queues lie in System V shared memory, 256 MiB at the least' },
    { parameter: 'kernel.shmmni', minimum: 4_096, source: 'kernel default: 4096' },
    { parameter: 'kernel.sem.semmni', minimum: 128, source: 'kernel default before 3.19: 128' },
    { parameter: 'kernel.msgmnb', minimum: 16_384, source: 'kernel default: 16384' },
    { parameter: 'kernel.msgmni', minimum: 128, source: 'practice: one message queue for each of its processes' },
    FILES,
  ],
  nginx: [FILES, QUEUE, PORTS],
  tonghttpserver: [FILES, QUEUE, PORTS],
};

/**
 * Parameters that a delivered profile of tuned sets (tuned 2.20, /usr/lib/tuned, with what each includes): whoever chose the profile
 * chose them. `balanced`, `powersave` and `desktop` set none of ours; one of the site's own may set any.
 */
const COMMON = ['vm.swappiness'] as const satisfies readonly HostParameter[];
const THROUGHPUT = ['transparent_hugepage', 'vm.swappiness', 'net.core.somaxconn'] as const satisfies readonly HostParameter[];
const LATENCY = ['transparent_hugepage', 'vm.swappiness'] as const satisfies readonly HostParameter[];
const OPENSHIFT = [...THROUGHPUT, 'fs.aio-max-nr', 'vm.max_map_count'] as const satisfies readonly HostParameter[];
const NOTHING: readonly HostParameter[] = [];
const TUNED: Readonly<Record<TunedProfile, readonly HostParameter[]>> = {
  none: NOTHING,
  other: HOST_PARAMETERS.filter((parameter) => parameter !== 'nofile' && parameter !== 'nproc'),
  balanced: NOTHING,
  desktop: NOTHING,
  powersave: NOTHING,
  'accelerator-performance': COMMON,
  'latency-performance': COMMON,
  'atomic-guest': THROUGHPUT,
  'atomic-host': THROUGHPUT,
  aws: THROUGHPUT,
  'cpu-partitioning': LATENCY,
  'enterprise-storage': THROUGHPUT,
  'hpc-compute': LATENCY,
  mssql: [...THROUGHPUT, 'vm.max_map_count'],
  'network-latency': LATENCY,
  'network-throughput': THROUGHPUT,
  openshift: OPENSHIFT,
  'openshift-control-plane': OPENSHIFT,
  'openshift-node': OPENSHIFT,
  oracle: [...THROUGHPUT, 'kernel.shmmax', 'kernel.shmmni', 'kernel.sem.semmni', 'fs.aio-max-nr', 'net.ipv4.ip_local_port_range', 'kernel.panic_on_oops'],
  postgresql: THROUGHPUT,
  realtime: LATENCY,
  'realtime-virtual-guest': LATENCY,
  'realtime-virtual-host': LATENCY,
  'sap-hana': [...LATENCY, 'kernel.sem.semmni'],
  'sap-netweaver': [...THROUGHPUT, 'kernel.sem.semmni', 'kernel.shmmax', 'vm.max_map_count'],
  'throughput-performance': THROUGHPUT,
  'virtual-guest': THROUGHPUT,
  'virtual-host': THROUGHPUT,
};
export function tunedSets(profile: TunedProfile | undefined, parameter: HostParameter): boolean {
  return profile !== undefined && TUNED[profile].includes(parameter);
}

/** What kubelet sets by itself: on a node its bound is the one that counts, whatever else runs there. */
export const SET_BY_KUBELET: ReadonlySet<HostParameter> = new Set<HostParameter>(['vm.overcommit_memory', 'kernel.panic', 'kernel.panic_on_oops']);

/**
 * Bounds of all roles as thresholds of a check, so that a site can change each: `mongodbMaximumValue`.
 * @param unit last word of the keys
 */
export function boundsOf(parameter: HostParameter, unit: string): Record<string, number> {
  const bounds: Record<string, number> = {};
  for (const role of HOST_ROLES)
    for (const row of HOST_PROFILES[role])
      if (row.parameter === parameter) {
        if (row.minimum !== undefined) bounds[boundKey(role, 'Minimum', unit)] = row.minimum;
        if (row.maximum !== undefined) bounds[boundKey(role, 'Maximum', unit)] = row.maximum;
      }
  return bounds;
}
export function boundKey(role: HostRole, side: 'Minimum' | 'Maximum', unit: string): string {
  return `${role.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase())}${side}${unit}`;
}
