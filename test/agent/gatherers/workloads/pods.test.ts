import { describe, expect, it } from 'vitest';
import { unschedulableReason } from '../../../../agent/gatherers/cluster/workloads/pod-state.ts';
import { PodTally, pods } from '../../../../agent/gatherers/cluster/workloads/pods.ts';
import { PERSISTENT_VOLUME_CLAIMS, PODS } from '../../../../agent/kube/resources.ts';
import { ago, condition, gather, HOSTILE, merge, NOW, pod } from './objects.ts';

function tally(...items: readonly object[]): ReturnType<PodTally['section']> {
  const all = new PodTally(NOW);
  for (const item of items) all.add(item as Readonly<Record<string, unknown>>);
  return all.section();
}
const NOT_READY = [condition('PodScheduled', 'True', 9_000), condition('Initialized', 'True', 8_900), condition('Ready', 'False', 700)];

describe('pods', () => {
  it('that are healthy are only counted', () => {
    const section = tally(pod(), pod({ status: { phase: 'Succeeded', conditions: [] } }));
    expect(section).toMatchObject({ total: 2, byPhase: { Running: 1, Succeeded: 1 }, finished: 1, notReady: 0, abnormal: [], naked: [], dropped: 0 });
    expect(section.byNode).toEqual([
      { node: 'node-4', pods: 1, cpuRequestsMillicores: 250, memoryRequestsBytes: 536_870_912, cpuLimitsMillicores: 1_000, memoryLimitsBytes: 1_073_741_824, tenantPods: 1 },
    ]);
    expect(section.byNamespace).toEqual([{ namespace: 'shop', system: false, pods: 2, ready: 1, restarts: 0, cpuRequestsMillicores: 250, memoryRequestsBytes: 536_870_912 }]);
    expect(section.byWorkload).toEqual([{ namespace: 'shop', kind: 'Deployment', name: 'web', pods: 1, cpuRequestsMillicores: 250, memoryRequestsBytes: 536_870_912 }]);
  });

  it('that crash are told with their Deployment, exit and times', () => {
    const crashing = pod({
      status: {
        conditions: NOT_READY,
        containerStatuses: [
          {
            restartCount: 17,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=app pod=SECRET-MESSAGE' } },
            lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: ago(420), finishedAt: ago(120), message: 'SECRET-TERMINATION' } },
          },
          { restartCount: 1, state: { running: {} }, lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: ago(9_000) } } },
        ],
      },
    });
    const section = tally(crashing);
    expect(section).toMatchObject({ notReady: 1, restarts: 18, byWaiting: { CrashLoopBackOff: 1 } });
    expect(section.abnormal).toEqual([
      expect.objectContaining({
        namespace: 'shop',
        ownerKind: 'Deployment',
        owner: 'web',
        node: 'node-4',
        phase: 'Running',
        ready: false,
        readyChangedAt: NOW - 700,
        waiting: 'CrashLoopBackOff',
        restarts: 18,
        lastTermination: 'OOMKilled',
        lastExitCode: 137,
        lastTerminatedAt: NOW - 120,
        lastRunSeconds: 300,
        oomKilledAt: NOW - 120,
        qos: 'Burstable',
        containers: 1,
      }),
    ]);
    expect(JSON.stringify(section)).not.toContain('SECRET');
  });

  it('without a node are told with the reason, never the message', () => {
    const message = '0/6 nodes are available: 3 Insufficient cpu, 3 node(s) had untolerated taint {team: SECRET-TAINT}.';
    const section = tally(
      pod({
        spec: { nodeName: undefined },
        status: { phase: 'Pending', containerStatuses: [], conditions: [condition('PodScheduled', 'False', 1_200, { reason: 'Unschedulable', message })] },
      }),
      pod({
        spec: { nodeName: undefined, schedulingGates: [{ name: 'SECRET-GATE' }] },
        status: { phase: 'Pending', containerStatuses: [], conditions: [condition('PodScheduled', 'False', 60, { reason: 'SchedulingGated' })] },
      }),
    );
    expect(section).toMatchObject({ unscheduled: 2, byNode: [] });
    expect(section.abnormal).toMatchObject([{ unschedulable: 'cpu', gated: false }, { gated: true }]);
    expect(section.abnormal[0]?.scheduledAt).toBeUndefined();
    expect(JSON.stringify(section)).not.toContain('SECRET');
  });

  it('in their init containers are told from those being created', () => {
    const starting = (initialized: string): object =>
      pod({
        status: {
          phase: 'Pending',
          conditions: [condition('PodScheduled', 'True', 4_000), condition('Initialized', initialized, 4_000), condition('Ready', 'False', 4_000)],
          containerStatuses: [{ restartCount: 0, state: { waiting: { reason: initialized === 'True' ? 'ContainerCreating' : 'PodInitializing' } } }],
        },
      });
    expect(tally(starting('False'), starting('True')).abnormal).toMatchObject([
      { initializing: true, waiting: 'PodInitializing', scheduledAt: NOW - 4_000 },
      { initializing: false, waiting: 'ContainerCreating' },
    ]);
  });

  it('that restarted today are rows, those that restarted long ago are not', () => {
    const restarted = (seconds: number): object =>
      pod({
        status: { containerStatuses: [{ restartCount: 3, state: { running: {} }, lastState: { terminated: { exitCode: 143, reason: 'Error', finishedAt: ago(seconds) } } }] },
      });
    expect(tally(restarted(86_000), restarted(87_000)).abnormal).toMatchObject([{ ready: true, restarts: 3, lastExitCode: 143 }]);
  });

  it('in their grace period are left alone, those beyond it are not', () => {
    const deleted = (seconds: number): object => pod({ metadata: { deletionTimestamp: ago(seconds), deletionGracePeriodSeconds: 30 } });
    expect(tally(deleted(-20), deleted(1_000)).abnormal).toMatchObject([{ deletedAt: NOW - 1_000 }]);
  });

  it.each([
    ['Evicted', 1, 0],
    ['NodeShutdown', 1, 0],
    ['OutOfcpu', 1, 0],
    ['DeadlineExceeded', 0, 1],
    [undefined, 0, 1],
  ])('that failed with %s: %i left over, %i row', (reason, leftover, rows) => {
    const section = tally(pod({ status: { phase: 'Failed', reason, conditions: [] } }));
    expect([section.leftover, section.abnormal.length]).toEqual([leftover, rows]);
  });
  it('of Jobs that failed are no rows: the Job tells', () => {
    const owner = [{ kind: 'Job', name: 'backup-29384720', controller: true }];
    expect(tally(pod({ metadata: { ownerReferences: owner }, status: { phase: 'Failed' } })).abnormal).toEqual([]);
  });

  it.each([
    [[{ kind: 'StatefulSet', name: 'db', controller: true }], { ownerKind: 'StatefulSet', owner: 'db' }],
    [[{ kind: 'Job', name: 'backup-29384720', controller: true }], { ownerKind: 'CronJob', owner: 'backup' }],
    [[{ kind: 'Job', name: 'import', controller: true }], { ownerKind: 'Job', owner: 'import' }],
    [[{ kind: 'ReplicaSet', name: 'lonely', controller: true }], { ownerKind: 'ReplicaSet', owner: 'lonely' }],
    [[{ kind: 'Node', name: 'node-1' }], { ownerKind: 'Node', static: true }],
    [[{ kind: 'Notebook', name: 'n1' }], { ownerKind: 'other', owner: 'n1' }],
    [[], { ownerKind: 'none' }],
  ])('owned by %j', (ownerReferences, expected) => {
    expect(tally(pod({ metadata: { ownerReferences }, status: { conditions: NOT_READY } })).abnormal).toMatchObject([expected]);
  });

  it('that nothing owns are listed, mirror pods and finished ones are not', () => {
    const naked = { metadata: { name: 'debug', ownerReferences: [] } };
    const section = tally(
      pod(naked),
      pod(merge(naked, { status: { phase: 'Succeeded' } })),
      pod(merge(naked, { metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } })),
    );
    expect(section.naked).toEqual([{ namespace: 'shop', name: 'debug', system: false, createdAt: NOW - 5 * 86_400 }]);
  });

  it('that share a node without a spreading rule are told once per workload', () => {
    const spread = pod({
      metadata: { labels: { 'pod-template-hash': 'abc' }, ownerReferences: [{ kind: 'ReplicaSet', name: 'api-abc', controller: true }] },
      spec: { topologySpreadConstraints: [{}] },
    });
    const split = { metadata: { ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }] } };
    const section = tally(pod(), pod(), spread, spread, pod(split), pod(merge(split, { spec: { nodeName: 'node-5' } })));
    expect(section.colocated).toEqual([{ namespace: 'shop', kind: 'Deployment', name: 'web', system: false, node: 'node-4', pods: 2 }]);
  });

  it("of the platform, of DaemonSets and static ones are no tenants' pods", () => {
    const owned = (kind: string): object => pod({ metadata: { ownerReferences: [{ kind, name: 'x', controller: true }] } });
    const section = tally(pod({ metadata: { namespace: 'kube-system' } }), owned('DaemonSet'), owned('Node'), owned('StatefulSet'), pod({ metadata: { ownerReferences: [] } }));
    expect(section.byNode).toMatchObject([{ pods: 5, tenantPods: 2 }]);
  });

  it('tell which bound claims none of them mounts', async () => {
    const claim = (name: string, phase = 'Bound', namespace = 'shop'): object => ({ metadata: { name, namespace, creationTimestamp: ago(9_000_000) }, status: { phase } });
    const mounts = pod({
      metadata: { name: 'db-0' },
      spec: {
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } },
          { name: 'scratch', ephemeral: {} },
        ],
      },
    });
    const ended = pod({ status: { phase: 'Succeeded' }, spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'import' } }] } });
    const claims = [claim('data-db-0'), claim('db-0-scratch'), claim('import'), claim('waiting', 'Pending'), claim('data-db-0', 'Bound', 'bank'), ...HOSTILE];
    const { value } = await gather(pods, {
      objects: [
        [PODS, [mounts, ended]],
        [PERSISTENT_VOLUME_CLAIMS, claims],
      ],
    });
    expect(value).toMatchObject({
      unmountedClaims: [
        { namespace: 'shop', name: 'import', createdAt: NOW - 9_000_000 },
        { namespace: 'bank', name: 'data-db-0' },
      ],
      unmountedClaimsDropped: 0,
    });
  });
  it('say nothing of claims that may not be listed', async () => {
    const { value, report } = await gather(pods, {
      objects: [
        [PODS, [pod()]],
        [PERSISTENT_VOLUME_CLAIMS, []],
      ],
      paths: { '/api/v1/persistentvolumeclaims': { status: 403, text: '{}' } },
    });
    expect(report).toMatchObject({ status: 'ok' });
    expect(value).not.toHaveProperty('unmountedClaims');
  });

  it('beyond the cap leave the worst and say how many went', () => {
    const all = new PodTally(NOW);
    const crashing = pod({
      metadata: { name: 'crash' },
      status: { conditions: NOT_READY, containerStatuses: [{ restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
    });
    const slow = pod({ status: { conditions: NOT_READY } });
    for (let i = 0; i < 2_500; i += 1) all.add(slow);
    for (let i = 0; i < 10; i += 1) all.add(crashing);
    const section = all.section();
    expect([section.total, section.abnormal.length, section.dropped]).toEqual([2_510, 2_000, 510]);
    expect(section.abnormal.slice(0, 10).every(({ waiting }) => waiting === 'CrashLoopBackOff')).toBe(true);
  });

  it('of any shape conform to the contract', async () => {
    const { value, report } = await gather(pods, { objects: [[PODS, [pod(), ...HOSTILE, pod({ status: { conditions: NOT_READY } })]]] });
    expect(report).toMatchObject({ status: 'ok' });
    expect(value).toMatchObject({ total: 8, byPhase: { Running: 2, Unknown: 6 } });
  });
  it('that may not be listed are unreadable, not absent', async () => {
    const { report } = await gather(pods, { objects: [[PODS, []]], paths: { '/api/v1/pods': { status: 403, text: '{}' } } });
    expect(report).toMatchObject({ status: 'failed', reason: 'forbidden' });
  });
});

describe('the reason that no node takes a pod', () => {
  it.each([
    ['0/6 nodes are available: 6 Insufficient memory. preemption: 0/6 nodes are available', 'memory'],
    ['0/3 nodes are available: 3 Insufficient nvidia.com/gpu.', 'extended-resource'],
    ['0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.', 'claim'],
    ['persistentvolumeclaim "data" not found', 'claim'],
    ['0/3 nodes are available: 1 node(s) had volume node affinity conflict, 2 node(s) had untolerated taint', 'volume-node'],
    ["0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", 'node-affinity'],
    ["0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.", 'pod-affinity'],
    ["0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.", 'topology-spread'],
    ["0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.", 'host-port'],
    ['0/3 nodes are available: 3 Too many pods.', 'pod-count'],
    ['0/3 nodes are available: 3 node(s) were unschedulable.', 'taint'],
    ['no one knows', 'other'],
    [undefined, 'other'],
  ])('%s → %s', (message, reason) => {
    expect(unschedulableReason(message)).toBe(reason);
  });
  it('is found at once in a hostile message', () => {
    const began = performance.now();
    unschedulableReason(`waiting for ${'persistentvolume"'.repeat(100_000)}`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
