/** What goes wrong in the demo's production cluster, and when: each trouble changes what the agents would have read. */
import type { Draft } from './healthy.ts';
import type { DemoPod } from './workloads.ts';
import type { Moment } from './world.ts';

export interface Trouble {
  /** What the newcomer is meant to see. */
  readonly story: string;
  /** What is other about the pods; done before anything is counted from them. */
  readonly pods?: (pods: DemoPod[], moment: Moment) => void;
  readonly host?: (draft: Draft, node: string, moment: Moment) => void;
  readonly cluster?: (draft: Draft, moment: Moment) => void;
  /** @param node the machine of an agent outside of clusters; left out: the cluster's own agent */
  readonly middleware?: (draft: Draft, node: string | undefined, moment: Moment) => void;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const GIB = 2 ** 30;
/** Whether the moment lies between two distances before "now", in seconds; without the second the trouble goes on. */
function between({ at, now }: Moment, longestAgo: number, until = Number.NEGATIVE_INFINITY): boolean {
  return now - at <= longestAgo && now - at >= until;
}

type WorkloadRow = NonNullable<Draft['workloads']>['rows'][number];
function workload(draft: Draft, name: string, change: Partial<WorkloadRow>): void {
  for (const row of draft.workloads?.rows ?? []) if (row.name === name && !row.system) Object.assign(row, change);
}
/** What crashes uses nothing, asks for the same and is not ready. */
function crash(pod: DemoPod, restarts: number, more: NonNullable<DemoPod['more']>): void {
  Object.assign(pod, { ready: false, restarts, cpuUse: 0, memoryUse: 0, more: { waiting: 'CrashLoopBackOff', ...more } });
}
function podsNamed(pods: readonly DemoPod[], owner: string): readonly DemoPod[] {
  return pods.filter((pod) => pod.owner === owner && !pod.system);
}

export const TROUBLES: readonly Trouble[] = [
  {
    story: 'the container store of a worker fills up by a percent a day: a forecast long before, a warning for days, critical since an hour ago',
    host(draft, node, { at, now }) {
      if (node !== 'demo-prod-worker-2' || !draft.filesystems) return;
      const usedPercent = Math.max(40, Math.min(97, 96.2 - (now - at) / DAY / 1.1));
      for (const mount of draft.filesystems.mounts) {
        if (!mount.holds.includes('runtime') || mount.sizeBytes === undefined) continue;
        const availablePercent = Math.round((100 - usedPercent) * 10) / 10;
        Object.assign(mount, { usedPercent: Math.round(usedPercent * 10) / 10, availablePercent, availableBytes: Math.round((mount.sizeBytes * availablePercent) / 100) });
      }
    },
  },
  {
    story: "the API server's certificate ends in 18 days and nobody renewed it",
    host(draft, node, { now }) {
      if (node !== 'demo-prod-master-1' || !draft.certificates) return;
      for (const certificate of draft.certificates.certificates) if (certificate.name === 'apiserver') certificate.notAfter = now + 18 * DAY;
    },
  },
  {
    story: 'a release three hours ago does not start: pods in a crash loop, the workload short of replicas',
    pods(pods, moment) {
      if (!between(moment, 3 * HOUR)) return;
      const createdAt = moment.now - 3 * HOUR;
      const [, ...released] = podsNamed(pods, 'checkout');
      for (const [index, one] of released.entries()) {
        one.name = `checkout-6c8f5d9b7c-${['2xk9q', 'm7t4z'][index] ?? index}`;
        const restarts = Math.max(3, Math.floor((moment.at - createdAt) / (5 * MINUTE)));
        crash(one, restarts, { createdAt, lastTermination: 'Error', lastExitCode: 1, lastTerminatedAt: moment.at - 90 });
      }
    },
    cluster(draft, moment) {
      if (between(moment, 3 * HOUR)) workload(draft, 'checkout', { updated: 2, rollout: 'progressing', rolloutChangedAt: moment.now - 3 * HOUR });
    },
  },
  {
    story: 'a worker stopped answering twelve minutes ago: the newest and worst incident, its clock still fresh',
    cluster(draft, moment) {
      if (!between(moment, 12 * MINUTE)) return;
      const since = moment.now - 12 * MINUTE;
      for (const row of draft.nodes?.rows ?? [])
        if (row.name === 'demo-prod-worker-4')
          Object.assign(row, { ready: 'unknown', readySince: since, heartbeatAt: since - 40, leaseAt: since - 40, unreachable: true, noExecuteTaints: 1, taints: 2 });
      // Nobody measures a machine that does not answer.
      if (draft.nodeUsage) draft.nodeUsage.rows = draft.nodeUsage.rows.filter(({ node }) => node !== 'demo-prod-worker-4');
    },
  },
  {
    story: 'the night before last a report job ran out of memory for two hours; solved by the customer',
    pods(pods, moment) {
      const [one] = podsNamed(pods, 'month-end');
      if (!one || !between(moment, 34 * HOUR, 32 * HOUR)) return;
      const began = moment.now - 34 * HOUR;
      const restarts = Math.max(4, Math.floor((moment.at - began) / (10 * MINUTE)));
      const killedAt = moment.at - 120;
      crash(one, restarts, { createdAt: began - DAY, lastTermination: 'OOMKilled', lastExitCode: 137, lastTerminatedAt: killedAt, oomKilledAt: killedAt });
    },
  },
  {
    story: 'a claim waits for a volume since two days: the storage class it names does not exist',
    pods(pods, moment) {
      if (!between(moment, 2 * DAY)) return;
      const waiting = { namespace: 'search', system: false, kind: 'StatefulSet', owner: 'index', name: 'index-0', node: '', phase: 'Pending', ready: false, restarts: 0 } as const;
      const amounts = { cpuRequest: 500, memoryRequest: 2 * GIB, cpuUse: 0, memoryUse: 0, volumeBytes: 50 * GIB };
      pods.push({ ...waiting, ...amounts, more: { createdAt: moment.now - 2 * DAY, unschedulable: 'claim' } });
    },
    cluster(draft, moment) {
      if (!between(moment, 2 * DAY)) return;
      workload(draft, 'index', { desired: 3, createdAt: moment.now - 2 * DAY });
      if (!draft.claims) return;
      const since = moment.now - 2 * DAY;
      draft.claims.rows.push({ namespace: 'search', name: 'data-index-0', problem: 'pending', class: 'missing', waitsForConsumer: false, since, createdAt: since });
      draft.claims.total += 1;
      draft.claims.requestedBytes += 50 * GIB;
    },
  },
  {
    story: 'nine days ago etcd was slow for five hours: a peak in the trend',
    cluster(draft, moment) {
      if (!between(moment, 9 * DAY, 9 * DAY - 5 * HOUR) || !draft.apiMetrics) return;
      Object.assign(draft.apiMetrics, { recentEtcdP99Ms: 640, etcdP99Ms: 210, recentLatencyP99Ms: 1_900 });
    },
  },
  {
    story: 'the clock of a worker drifts: its time source cannot be reached',
    host(draft, node, moment) {
      if (node !== 'demo-prod-worker-3' || !between(moment, 4 * DAY) || !draft.timeSync) return;
      Object.assign(draft.timeSync, { sourcesAnswered: 0, offsetMs: undefined, roundTripMs: undefined, disagreementMs: undefined, synchronised: false });
    },
  },
  {
    story: 'habits that an inspection finds: floating image tags, no probes, privileged pods, a single replica',
    pods(pods) {
      const [, second] = podsNamed(pods, 'ledger');
      if (second) pods.splice(pods.indexOf(second), 1);
      for (const one of podsNamed(pods, 'portal')) one.cpuRequest = 0;
    },
    cluster(draft) {
      workload(draft, 'ledger', { budgets: 0, budgetMinimum: undefined, noReadinessProbe: 1, noLivenessProbe: 1, livenessSeconds: 0 });
      workload(draft, 'portal', { imageLatest: 1, noMemoryLimit: 1, noCpuRequest: 1 });
      workload(draft, 'agent', { privileged: 1, privilegeEscalation: 1, mayRunAsRoot: 1, hostNetwork: true, hostPaths: 1, sensitiveHostPaths: 1 });
    },
  },
  {
    story: 'two workers are tuned for desktops, and one of them keeps its own time zone',
    host(draft, node) {
      if (node.endsWith('worker-2') && draft.os) draft.os.timeZone = 'UTC';
      if (!/worker-[12]$/.test(node) || !draft.sysctls) return;
      Object.assign(draft.sysctls.values, { 'vm.swappiness': 60, 'net.core.somaxconn': 128 });
      if (draft.memory) Object.assign(draft.memory, { swapTotalBytes: 4 * GIB, swapFreeBytes: 3.2 * GIB });
    },
  },
  {
    story: 'the cache takes memory without bound, and the database writes down no slow query',
    middleware({ middlewareRedis, middlewareMysql }, node) {
      if (node !== undefined) return;
      for (const member of middlewareRedis?.members ?? []) Object.assign(member, { maxMemoryBytes: 0 });
      for (const member of middlewareMysql?.members ?? []) Object.assign(member, { slowLog: false });
    },
  },
  {
    story: 'an application server runs as root, its licence ends in 40 days, and for six days its log has told of memory that ran out',
    middleware({ middlewareTongweb }, node, moment) {
      if (!node?.endsWith('-1') || !middlewareTongweb) return;
      for (const row of middlewareTongweb.rows) Object.assign(row, { runsAsRoot: true, licenseEndsAt: moment.now + 40 * DAY, heapStartBytes: GIB, accessLog: false });
      if (!between(moment, 6 * DAY)) return;
      for (const row of middlewareTongweb.logPatterns) if (row.pattern === 'oom-heap') Object.assign(row, { count: 3, previous: 2, lastAt: moment.at - 5 * HOUR });
    },
  },
];
