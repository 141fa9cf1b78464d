import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../../../agent/gatherers/cluster/workloads/owner.ts';
import { WorkloadLoads } from '../../../../agent/gatherers/cluster/workloads/workload-loads.ts';
import { ownerByName, useOf, workloadUsage } from '../../../../agent/gatherers/cluster/workloads/workload-usage.ts';
import { POD_METRICS } from '../../../../agent/kube/resources.ts';
import { ago, gather, HOSTILE, NOW } from './objects.ts';

/** As metrics-server 0.7 answers; `labels: undefined` as 0.3 to 0.5 do. */
function metrics(name: string, labels: Readonly<Record<string, string>> | undefined, use: { cpu: string; memory: string } = { cpu: '100m', memory: '64Mi' }, namespace = 'shop') {
  return {
    metadata: { name, namespace, creationTimestamp: ago(5), ...(labels && { labels }) },
    timestamp: ago(20),
    window: '15.1s',
    containers: [{ name: 'app', usage: use }],
  };
}

describe('the workload behind a measured pod', () => {
  it.each([
    ['web-5d4f8c7b9-x2x2x', { 'pod-template-hash': '5d4f8c7b9' }, 'Deployment', 'web'],
    ['db-0', { 'statefulset.kubernetes.io/pod-name': 'db-0', 'controller-revision-hash': 'db-6c9b7f' }, 'StatefulSet', 'db'],
    ['db-12', { 'controller-revision-hash': 'db-6c9b7f' }, 'StatefulSet', 'db'],
    ['calico-node-7xk2p', { 'controller-revision-hash': '59d8b9c6d' }, 'DaemonSet', 'calico-node'],
    ['backup-29412345-abcde', { 'job-name': 'backup-29412345' }, 'CronJob', 'backup'],
    ['import-zzzzz', { 'batch.kubernetes.io/job-name': 'import' }, 'Job', 'import'],
    ['kube-apiserver-master-1', { component: 'kube-apiserver' }, 'none', undefined],
    ['alone', { app: 'alone' }, 'none', undefined],
    // Without labels only the shape of names is there to go by.
    ['web-5d4f8c7b9-x2x2x', undefined, 'Deployment', 'web'],
    ['db-0', undefined, 'other', 'db'],
    ['calico-node-7xk2p', undefined, 'other', 'calico-node'],
    ['backup-29412345-bcdfg', undefined, 'other', 'backup'],
    ['kube-apiserver-master', undefined, 'none', undefined],
  ])('%s with %j is %s %s', (name, labels, kind, owner) => expect(ownerByName(metrics(name, labels))).toEqual({ kind, name: owner }));

  it('is the one that its owner references name', () => {
    const letters = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
    const suffix = fc.stringMatching(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    const hash = fc.stringMatching(/^[bcdfghjklmnpqrstvwxz2456789]{8,10}$/);
    fc.assert(
      fc.property(letters, hash, suffix, fc.nat(99), (name, revision, random, ordinal) => {
        const kinds: readonly { readonly pod: string; readonly labels: Readonly<Record<string, string>>; readonly owner: object }[] = [
          { pod: `${name}-${revision}-${random}`, labels: { 'pod-template-hash': revision }, owner: { kind: 'ReplicaSet', name: `${name}-${revision}` } },
          { pod: `${name}-${ordinal}`, labels: { 'statefulset.kubernetes.io/pod-name': `${name}-${ordinal}` }, owner: { kind: 'StatefulSet', name } },
          { pod: `${name}-${random}`, labels: { 'controller-revision-hash': revision }, owner: { kind: 'DaemonSet', name } },
        ];
        for (const { pod, labels, owner } of kinds) {
          const told = ownerOf({ metadata: { name: pod, labels, ownerReferences: [{ ...owner, controller: true }] } });
          expect(ownerByName(metrics(pod, labels))).toEqual(told);
        }
      }),
    );
  });
});

describe('use by workload', () => {
  it('is added up, with totals and namespaces, and nothing of a pod or label is in it', async () => {
    const { value, report } = await gather(workloadUsage, {
      objects: [
        [
          POD_METRICS,
          [
            metrics('web-5d4f8c7b9-x2x2x', { 'pod-template-hash': '5d4f8c7b9', secret: 'SECRET-LABEL' }, { cpu: '123456789n', memory: '100Mi' }),
            metrics('web-5d4f8c7b9-z4z4z', { 'pod-template-hash': '5d4f8c7b9' }, { cpu: '77m', memory: '28Mi' }),
            metrics('db-0', { 'statefulset.kubernetes.io/pod-name': 'db-0' }, { cpu: '2', memory: '4Gi' }),
            metrics('kube-apiserver-m', { component: 'kube-apiserver' }, { cpu: '1', memory: '1Gi' }, 'kube-system'),
            { metadata: { name: 'no-value', namespace: 'shop' }, containers: [{ name: 'a', usage: {} }] },
            ...HOSTILE,
          ],
        ],
      ],
      versionIndex: 1,
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    const MIB = 2 ** 20;
    expect(value).toEqual({
      ...{ pods: 4, oldestAt: NOW - 20, cpuMillicores: 3_200, memoryBytes: (128 + 4_096 + 1_024) * MIB, dropped: 0, namespacesDropped: 0 },
      rows: [
        { namespace: 'shop', kind: 'StatefulSet', name: 'db', pods: 1, cpuMillicores: 2_000, memoryBytes: 4_096 * MIB },
        { namespace: 'shop', kind: 'Deployment', name: 'web', pods: 2, cpuMillicores: 200, memoryBytes: 128 * MIB },
      ],
      byNamespace: [
        { namespace: 'shop', pods: 3, cpuMillicores: 2_200, memoryBytes: 4_224 * MIB },
        { namespace: 'kube-system', pods: 1, cpuMillicores: 1_000, memoryBytes: 1_024 * MIB },
      ],
    });
    expect(JSON.stringify(value)).not.toContain('SECRET');
  });
  it('is absent without a metrics API, and fails where it may not be read', async () => {
    expect((await gather(workloadUsage, {})).report).toMatchObject({ status: 'absent', reason: 'not-in-use' });
    const forbidden = { objects: [[POD_METRICS, []]] as const, paths: { '/apis/metrics.k8s.io/v1/pods': { status: 403, text: '{}' } } };
    expect((await gather(workloadUsage, forbidden)).report).toMatchObject({ status: 'failed', reason: 'forbidden' });
  });
  it('of a pod is of all its containers, or unknown', () => {
    expect(useOf({ containers: [{ usage: { cpu: '1m', memory: '1Ki' } }, { usage: { cpu: '2m', memory: '1Ki' } }] })).toEqual({ cpu: 0.003, memory: 2_048 });
    expect(useOf({ containers: [{ usage: { cpu: '1m', memory: '1Ki' } }, { usage: { cpu: '2m' } }] })).toBeUndefined();
    for (const strange of [...HOSTILE, { containers: [] }]) expect(useOf(strange as never)).toBeUndefined();
  });
  it('keeps the largest and counts the rest, whatever their number', () => {
    const loads = new WorkloadLoads();
    for (let index = 0; index < 30_000; index += 1) loads.add('a', { kind: 'Deployment', name: `w${index}` }, index / 1_000, 0);
    loads.add('a', { kind: 'none', name: undefined }, 99, 0);
    const { rows, dropped } = loads.largest(3);
    expect([rows.map(({ name }) => name), dropped]).toEqual([['w19999', 'w19998', 'w19997'], 29_997]);
  });
});
