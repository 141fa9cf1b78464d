import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WatchedPods } from '../../../agent/gatherers/cluster/watched/pods.ts';
import { WatchedWorkloads } from '../../../agent/gatherers/cluster/watched/workloads.ts';
import { PodTally } from '../../../agent/gatherers/cluster/workloads/pods.ts';
import type { Json } from '../../../agent/kube/read.ts';
import { pod as benchPod } from '../../bench/objects.ts';

const NOW = 1_795_305_600;
const iso = (at: number): string => new Date(at * 1_000).toISOString();

/** As the API server hands it out: parsed from text, so that no string is shared with another. */
function healthy(index: number): Json {
  const { metadata, ...rest } = benchPod(index, 500);
  const uid = `3f2a7d2e-1111-4000-8000-${String(index).padStart(12, '0')}`;
  return JSON.parse(JSON.stringify({ ...rest, metadata: { ...metadata, uid, resourceVersion: String(index) } })) as Json;
}

describe('pods from a watch', () => {
  it('cost at most 500 bytes each, for 10,000 healthy ones', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap = (): number => {
      for (let turn = 0; turn < 4; turn += 1) collect();
      return process.memoryUsage().heapUsed;
    };
    const pods = new WatchedPods(() => Date.now() / 1_000);
    const before = heap();
    pods.held.begin();
    for (let index = 0; index < 10_000; index += 1) pods.held.put(healthy(index));
    pods.held.end();
    const each = (heap() - before) / 10_000;
    expect(pods.section().total).toBe(10_000);
    expect(pods.section().abnormal).toEqual([]);
    expect(each).toBeGreaterThan(20);
    expect(each).toBeLessThanOrEqual(500);
  });

  const POD = fc.record({
    id: fc.integer({ min: 0, max: 6 }),
    phase: fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'),
    ready: fc.boolean(),
    restarts: fc.integer({ min: 0, max: 3 }),
    waiting: fc.constantFrom(undefined, 'CrashLoopBackOff', 'ContainerCreating'),
    reason: fc.constantFrom(undefined, 'Evicted', 'DeadlineExceeded'),
    node: fc.constantFrom(undefined, 'node-1'),
    deletedAt: fc.constantFrom(undefined, NOW - 60, NOW + 60),
    endedAt: fc.constantFrom(undefined, NOW - 100, NOW - 90_000),
  });
  type Drawn = Parameters<Parameters<typeof POD.map>[0]>[0];
  const podOf = ({ id, phase, ready, restarts, waiting, reason, node, deletedAt, endedAt }: Drawn): Json => ({
    metadata: { name: `p-${id}`, namespace: 'shop', uid: `uid-${id}`, creationTimestamp: iso(NOW - 1_000), ...(deletedAt && { deletionTimestamp: iso(deletedAt) }) },
    spec: { containers: [{ name: 'c' }], ...(node && { nodeName: node }) },
    status: {
      phase,
      ...(reason && { reason }),
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        {
          restartCount: restarts,
          ...(waiting && { state: { waiting: { reason: waiting } } }),
          ...(endedAt && { lastState: { terminated: { finishedAt: iso(endedAt), exitCode: 1 } } }),
        },
      ],
    },
  });
  const COUNTED = ['total', 'byPhase', 'byWaiting', 'notReady', 'unscheduled', 'restarts', 'leftover', 'finished', 'dropped'] as const;

  type Event = Drawn | { readonly gone: number } | { readonly relist: readonly Drawn[] };
  /** Tells the watch of an event, and keeps what is there. */
  function happen(event: Event, { held }: WatchedPods, there: Map<number, Json>): void {
    if ('gone' in event) {
      const pod = there.get(event.gone);
      if (pod) held.delete(pod);
      there.delete(event.gone);
      return;
    }
    const pods = 'relist' in event ? event.relist : [event];
    if ('relist' in event) {
      there.clear();
      held.begin();
    }
    for (const drawn of pods) {
      there.set(drawn.id, podOf(drawn));
      held.put(podOf(drawn));
    }
    if ('relist' in event) held.end();
  }

  it('after any events say what a list of the same pods says', () => {
    const event = fc.oneof(
      { weight: 4, arbitrary: POD },
      { weight: 1, arbitrary: fc.record({ gone: fc.integer({ min: 0, max: 6 }) }) },
      { weight: 1, arbitrary: fc.record({ relist: fc.array(POD, { maxLength: 5 }) }) },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.constantFrom(0, 120, 100_000), (events, laterSeconds) => {
        let now = NOW;
        const watched = new WatchedPods(() => now);
        const there = new Map<number, Json>();
        for (const one of events) {
          happen(one, watched, there);
          watched.section();
        }
        now = NOW + laterSeconds;
        const tally = new PodTally(now);
        for (const pod of there.values()) tally.add(pod);
        const [seen, listed] = [watched.section(), tally.section()];
        for (const key of COUNTED) expect(seen[key], key).toEqual(listed[key]);
        const byName = (rows: typeof seen.abnormal): unknown => rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
        expect(byName(seen.abnormal)).toEqual(byName(listed.abnormal));
      }),
    );
  });
});

describe('workloads from a watch', () => {
  const deployment = (name: string, ready: number, labels: object = {}, namespace = 'kube-system'): Json => ({
    metadata: { name, namespace, uid: name, labels, generation: 1 },
    spec: { replicas: 2, template: {} },
    status: { observedGeneration: 1, replicas: 2, readyReplicas: ready, availableReplicas: ready, updatedReplicas: 2 },
  });
  it('are rows while they are in trouble, and counts always', () => {
    const watched = new WatchedWorkloads(() => NOW);
    const { Deployment } = watched.held;
    Deployment.put(deployment('coredns', 2, { 'k8s-app': 'kube-dns' }));
    expect(watched.workloads()).toMatchObject({ total: 1, replicasDesired: 2, replicasReady: 2, rows: [] });
    Deployment.put(deployment('coredns', 1, { 'k8s-app': 'kube-dns' }));
    expect(watched.workloads()).toMatchObject({ total: 1, replicasReady: 1, rows: [{ name: 'coredns', available: 1 }] });
    expect(watched.dns()).toMatchObject({ kind: 'Deployment', ready: 1, desired: 2 });
    Deployment.delete(deployment('coredns', 1));
    expect(watched.workloads()).toMatchObject({ total: 0, replicasDesired: 0, replicasReady: 0, rows: [] });
    expect(watched.dns()).toBeUndefined();
  });
  it('are add-ons when they have the name of one', () => {
    const watched = new WatchedWorkloads(() => NOW);
    watched.held.Deployment.put(deployment('metrics-server', 0));
    expect(watched.addons(3)).toMatchObject({ nodes: 3, components: [{ component: 'metrics-server', ready: 0, desired: 2 }] });
  });
});
