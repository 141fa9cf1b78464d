/** What goes wrong in the demo's production cluster, and when: each trouble changes what the agents would have read. */
import type { Draft, Moment } from './world.ts';

export interface Trouble {
  /** What the newcomer is meant to see. */
  readonly story: string;
  readonly host?: (draft: Draft, node: string, moment: Moment) => void;
  readonly cluster?: (draft: Draft, moment: Moment) => void;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const GIB = 2 ** 30;
/** Whether the moment lies between two distances before "now", in seconds; without the second the trouble goes on. */
function between({ at, now }: Moment, longestAgo: number, until = Number.NEGATIVE_INFINITY): boolean {
  return now - at <= longestAgo && now - at >= until;
}

type PodRow = NonNullable<Draft['pods']>['abnormal'][number];
type WorkloadRow = NonNullable<Draft['workloads']>['rows'][number];
function pod(change: Partial<PodRow> & Pick<PodRow, 'namespace' | 'name' | 'owner' | 'createdAt'>): PodRow {
  return {
    system: false,
    ownerKind: 'Deployment',
    node: 'demo-prod-worker-1',
    phase: 'Running',
    ready: false,
    readyChangedAt: change.createdAt,
    scheduledAt: change.createdAt,
    gated: false,
    initializing: false,
    restarts: 0,
    static: false,
    containers: 1,
    qos: 'Burstable',
    ...change,
  };
}
function addPods(draft: Draft, ...rows: readonly PodRow[]): void {
  if (!draft.pods) return;
  draft.pods.abnormal.push(...rows);
  draft.pods.notReady += rows.filter(({ ready }) => !ready).length;
  draft.pods.restarts += rows.reduce((sum, { restarts }) => sum + restarts, 0);
}
function workload(draft: Draft, change: Partial<WorkloadRow>): void {
  const template = draft.workloads?.rows.find(({ kind, system }) => kind === 'Deployment' && !system);
  if (draft.workloads && template) draft.workloads.rows.push({ ...template, budgets: 1, autoscaled: false, ...change });
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
    cluster(draft, moment) {
      const began = moment.now - 3 * HOUR;
      if (!between(moment, 3 * HOUR)) {
        workload(draft, { namespace: 'payments', name: 'checkout' });
        return;
      }
      const restarts = Math.max(3, Math.floor((moment.at - began) / (5 * MINUTE)));
      for (const suffix of ['2xk9q', 'm7t4z'])
        addPods(
          draft,
          pod({
            namespace: 'payments',
            name: `checkout-6c8f5d9b7c-${suffix}`,
            owner: 'checkout',
            createdAt: began,
            waiting: 'CrashLoopBackOff',
            restarts,
            lastTermination: 'Error',
            lastExitCode: 1,
            lastTerminatedAt: moment.at - 90,
          }),
        );
      workload(draft, { namespace: 'payments', name: 'checkout', desired: 3, ready: 1, available: 1, updated: 2, rollout: 'progressing', rolloutChangedAt: began });
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
    },
  },
  {
    story: 'the night before last a report job ran out of memory for two hours; solved by the customer',
    cluster(draft, moment) {
      if (!between(moment, 34 * HOUR, 32 * HOUR)) return;
      const began = moment.now - 34 * HOUR;
      addPods(
        draft,
        pod({
          namespace: 'reporting',
          name: 'month-end-7d9c6b5f44-h2w8k',
          owner: 'month-end',
          createdAt: began - DAY,
          waiting: 'CrashLoopBackOff',
          restarts: Math.max(4, Math.floor((moment.at - began) / (10 * MINUTE))),
          lastTermination: 'OOMKilled',
          lastExitCode: 137,
          lastTerminatedAt: moment.at - 120,
          oomKilledAt: moment.at - 120,
        }),
      );
    },
  },
  {
    story: 'a claim waits for a volume since two days: the storage class it names does not exist',
    cluster(draft, moment) {
      if (!between(moment, 2 * DAY) || !draft.claims) return;
      const began = moment.now - 2 * DAY;
      addPods(
        draft,
        pod({
          namespace: 'search',
          name: 'index-0',
          owner: 'index',
          ownerKind: 'StatefulSet',
          createdAt: began,
          phase: 'Pending',
          node: '',
          scheduledAt: undefined,
          unschedulable: 'claim',
        }),
      );
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
    cluster(draft) {
      workload(draft, {
        namespace: 'payments',
        name: 'ledger',
        desired: 1,
        ready: 1,
        available: 1,
        updated: 1,
        current: 1,
        budgets: 0,
        noReadinessProbe: 1,
        noLivenessProbe: 1,
        livenessSeconds: 0,
      });
      workload(draft, { namespace: 'web', name: 'portal', imageLatest: 1, noMemoryLimit: 1, noCpuRequest: 1 });
      workload(draft, { namespace: 'legacy', name: 'agent', privileged: 1, privilegeEscalation: 1, mayRunAsRoot: 1, hostNetwork: true, hostPaths: 1, sensitiveHostPaths: 1 });
      const asking = { namespace: 'legacy', kind: 'Deployment', name: 'agent', pods: 4 } as const;
      draft.pods?.byWorkload?.unshift({ ...asking, cpuRequestsMillicores: 8_000, memoryRequestsBytes: 32 * GIB });
      draft.workloadUsage?.rows.push({ ...asking, cpuMillicores: 650, memoryBytes: 3 * GIB });
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
];
