import { describe, expect, it } from 'vitest';
import { autoscalers } from '../../../../agent/gatherers/cluster/workloads/autoscalers.ts';
import { disruptionBudgets } from '../../../../agent/gatherers/cluster/workloads/disruption-budgets.ts';
import { createFailure, replicaSets } from '../../../../agent/gatherers/cluster/workloads/replica-sets.ts';
import { DEPLOYMENTS, HORIZONTAL_POD_AUTOSCALERS, POD_DISRUPTION_BUDGETS, REPLICA_SETS, STATEFUL_SETS } from '../../../../agent/kube/resources.ts';
import { ago, condition, deployment, gather, HOSTILE, NOW } from './objects.ts';

function hpa(name: string, target: object, status: object = {}): object {
  return {
    metadata: { name, namespace: 'shop', creationTimestamp: ago(90_000) },
    spec: { minReplicas: 2, maxReplicas: 5, scaleTargetRef: target },
    status: { currentReplicas: 5, desiredReplicas: 5, ...status },
  };
}

describe('autoscalers', () => {
  it('know whether what they scale exists', async () => {
    const { value, report } = await gather(autoscalers, {
      objects: [
        [
          HORIZONTAL_POD_AUTOSCALERS,
          [
            hpa('web', { kind: 'Deployment', name: 'web' }),
            hpa('gone', { kind: 'Deployment', name: 'gone' }),
            hpa('db', { kind: 'StatefulSet', name: 'db' }),
            hpa('crd', { kind: 'Rollout', name: 'x' }),
          ],
        ],
        [DEPLOYMENTS, [deployment()]],
        [STATEFUL_SETS, []],
      ],
      paths: { '/apis/apps/v1/statefulsets': { status: 403, text: '{}' } },
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    const rows = value['rows'] as readonly Record<string, unknown>[];
    expect(rows.map((row) => [row['name'], row['targetKind'], row['targetExists']])).toEqual([
      ['web', 'Deployment', true],
      ['gone', 'Deployment', false],
      ['db', 'StatefulSet', undefined],
      ['crd', 'other', undefined],
    ]);
    expect(rows[0]).toMatchObject({ cpuRequestMillicores: expect.any(Number), memoryRequestBytes: expect.any(Number) });
    expect(rows[1]).not.toHaveProperty('cpuRequestMillicores', expect.any(Number));
  });
  it('tell their conditions in closed words', async () => {
    const conditions = [
      condition('AbleToScale', 'True', 80_000, { reason: 'ReadyForNewScale' }),
      condition('ScalingActive', 'False', 2_000, { reason: 'FailedGetResourceMetric', message: 'SECRET' }),
      condition('ScalingLimited', 'True', 1_200, { reason: 'TooManyReplicas' }),
    ];
    const { value } = await gather(autoscalers, {
      objects: [
        [HORIZONTAL_POD_AUTOSCALERS, [hpa('web', { kind: 'Deployment', name: 'web' }, { conditions })]],
        [DEPLOYMENTS, [deployment()]],
      ],
    });
    expect(value['rows']).toMatchObject([
      {
        ableToScale: 'True',
        scalingActive: 'False',
        scalingFailure: 'metric-missing',
        scalingActiveChangedAt: NOW - 2_000,
        limited: true,
        limitedChangedAt: NOW - 1_200,
        minimum: 2,
        maximum: 5,
      },
    ]);
    expect(JSON.stringify(value)).not.toContain('SECRET');
  });
  it('of any shape conform to the contract', async () => {
    expect((await gather(autoscalers, { objects: [[HORIZONTAL_POD_AUTOSCALERS, HOSTILE]] })).report).toMatchObject({ status: 'ok' });
  });
});

describe('disruption budgets', () => {
  const budget = (name: string, status: object, spec: object = { minAvailable: 1, selector: { matchLabels: { app: name } } }): object => ({
    metadata: { name, namespace: 'shop', generation: 1, creationTimestamp: ago(90_000) },
    spec,
    status: { observedGeneration: 1, ...status },
  });
  it('tell what they want and what there is', async () => {
    const status = { expectedPods: 3, currentHealthy: 2, desiredHealthy: 3, disruptionsAllowed: 0, conditions: [condition('DisruptionAllowed', 'False', 1_000)] };
    const { value } = await gather(disruptionBudgets, { objects: [[POD_DISRUPTION_BUDGETS, [budget('web', status, { maxUnavailable: 0 })]]] });
    expect(value['rows']).toMatchObject([{ rule: 'maxUnavailable', expected: 3, healthy: 2, desired: 3, allowed: 0, changedAt: NOW - 1_000, generationLag: false }]);
    expect((value['rows'] as readonly object[])[0]).not.toHaveProperty('idle');
  });
  it('that select nothing are idle when their workload is scaled to zero', async () => {
    const { value } = await gather(disruptionBudgets, {
      objects: [
        [POD_DISRUPTION_BUDGETS, [budget('web', { expectedPods: 0 }), budget('gone', { expectedPods: 0 })]],
        [DEPLOYMENTS, [deployment({ spec: { replicas: 0 } }), deployment({ metadata: { name: 'gone' }, spec: { template: { metadata: { labels: { app: 'gone' } } } } })]],
        [STATEFUL_SETS, []],
      ],
    });
    expect(value['rows']).toMatchObject([
      { name: 'web', idle: true },
      { name: 'gone', idle: false },
    ]);
  });
  it('say nothing about that when workloads may not be read', async () => {
    const { value } = await gather(disruptionBudgets, {
      objects: [
        [POD_DISRUPTION_BUDGETS, [budget('web', { expectedPods: 0 })]],
        [DEPLOYMENTS, []],
      ],
      paths: { '/apis/apps/v1/deployments': { status: 403, text: '{}' } },
    });
    expect((value['rows'] as readonly object[])[0]).not.toHaveProperty('idle');
  });
  it('do not apply to a release without them', async () => {
    expect((await gather(disruptionBudgets, { objects: [] })).report).toMatchObject({ status: 'absent', reason: 'not-served' });
  });
  it('of any shape conform to the contract', async () => {
    expect(
      (
        await gather(disruptionBudgets, {
          objects: [
            [POD_DISRUPTION_BUDGETS, HOSTILE],
            [DEPLOYMENTS, HOSTILE],
            [STATEFUL_SETS, HOSTILE],
          ],
        })
      ).report,
    ).toMatchObject({ status: 'ok' });
  });
});

describe('replica sets', () => {
  const set = (name: string, replicas: number, status: object = {}, owner?: string): object => ({
    metadata: { name, namespace: 'shop', creationTimestamp: ago(90_000), ...(owner && { ownerReferences: [{ kind: 'Deployment', name: owner }] }) },
    spec: { replicas },
    status,
  });
  it('tell which cannot make pods, which lack replicas and which pile up', async () => {
    const failed = {
      replicas: 1,
      conditions: [condition('ReplicaFailure', 'True', 700, { reason: 'FailedCreate', message: 'pods "SECRET" is forbidden: exceeded quota: compute' })],
    };
    const { value, report } = await gather(replicaSets, {
      objects: [
        [
          REPLICA_SETS,
          [
            ...Array.from({ length: 12 }, (_, i) => set(`web-${i}`, 0, {}, 'web')),
            ...Array.from({ length: 3 }, (_, i) => set(`api-${i}`, 0, {}, 'api')),
            set('web-now', 3, failed, 'web'),
            set('alone', 2, { readyReplicas: 1 }),
          ],
        ],
      ],
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toEqual({
      total: 17,
      active: 2,
      dropped: 0,
      failing: [{ namespace: 'shop', kind: 'Deployment', name: 'web', reason: 'quota', since: NOW - 700, missing: 2 }],
      short: [{ namespace: 'shop', name: 'alone', createdAt: NOW - 90_000, desired: 2, ready: 1 }],
      piled: [{ namespace: 'shop', name: 'web', old: 12 }],
    });
  });
  it.each([
    ['pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged', 'pod-security'],
    ['pods "x" is forbidden: error looking up service account shop/web: serviceaccount "web" not found', 'service-account'],
    ['Internal error occurred: failed calling webhook "x"', 'webhook'],
    ['admission webhook "x" denied the request', 'webhook'],
    ['pods "x" is forbidden: maximum cpu usage per Container is 1, but limit is 2', 'limit-range'],
    ['pods "x" is forbidden: no PriorityClass with name y was found', 'priority-class'],
    [undefined, 'other'],
  ])('cannot make pods: %s → %s', (message, reason) => expect(createFailure(message)).toBe(reason));
  it('of any shape conform to the contract', async () => {
    expect((await gather(replicaSets, { objects: [[REPLICA_SETS, HOSTILE]] })).report).toMatchObject({ status: 'ok' });
  });
});
