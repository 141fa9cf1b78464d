import { describe, expect, it } from 'vitest';
import { workloads } from '../../../../agent/gatherers/cluster/workloads/workloads.ts';
import {
  CRON_JOBS,
  DAEMON_SETS,
  DEPLOYMENTS,
  HORIZONTAL_POD_AUTOSCALERS,
  PERSISTENT_VOLUME_CLAIMS,
  POD_DISRUPTION_BUDGETS,
  PRIORITY_CLASSES,
  type Resource,
  RUNTIME_CLASSES,
  SERVICE_ACCOUNTS,
  STATEFUL_SETS,
} from '../../../../agent/kube/resources.ts';
import { ago, condition, deployment, gather, HOSTILE } from './objects.ts';

const named = (name: string, namespace?: string, more: object = {}): object => ({ metadata: { name, ...(namespace && { namespace }) }, ...more });
const ALL: readonly (readonly [Resource, readonly object[]])[] = [
  [DEPLOYMENTS, [deployment()]],
  [STATEFUL_SETS, []],
  [DAEMON_SETS, []],
  [CRON_JOBS, []],
  [SERVICE_ACCOUNTS, [named('web', 'shop'), named('default', 'shop', { automountServiceAccountToken: false })]],
  [PERSISTENT_VOLUME_CLAIMS, [named('data', 'shop')]],
  [PRIORITY_CLASSES, [named('high')]],
  [RUNTIME_CLASSES, []],
  [
    POD_DISRUPTION_BUDGETS,
    [named('web', 'shop', { spec: { minAvailable: '50%', selector: { matchLabels: { app: 'web' } } } }), named('other', 'elsewhere', { spec: { selector: {} } })],
  ],
  [HORIZONTAL_POD_AUTOSCALERS, [named('web', 'shop', { spec: { minReplicas: 4, scaleTargetRef: { kind: 'Deployment', name: 'web' } } })]],
];
function serving(resource: Resource, objects: readonly object[]): typeof ALL {
  return ALL.map(([known, before]) => (known === resource ? [known, objects] : [known, before]));
}
async function rowOf(resource: Resource, object: object): Promise<unknown> {
  const { value } = await gather(workloads, { objects: [...serving(DEPLOYMENTS, []).filter(([known]) => known !== resource), [resource, [object]]] });
  return (value['rows'] as readonly unknown[])[0];
}

describe('workloads', () => {
  it('are told with their state, budgets and autoscaler', async () => {
    const { value, report } = await gather(workloads, { objects: ALL });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({
      total: 1,
      byKind: { Deployment: 1, StatefulSet: 0 },
      replicasDesired: 3,
      replicasReady: 3,
      checkedReferences: ['service-account', 'claim', 'priority-class', 'runtime-class'],
    });
    expect(value['rows']).toMatchObject([
      {
        kind: 'Deployment',
        name: 'web',
        available: 3,
        rollout: 'complete',
        generationLag: false,
        budgets: 1,
        budgetMinimum: 2,
        autoscaled: true,
        autoscalerMinimum: 4,
        automountToken: true,
        missing: [],
      },
    ]);
  });

  it('say nothing about budgets and accounts that may not be read', async () => {
    const denied = { status: 403, text: '{}' };
    const { value, report } = await gather(workloads, {
      objects: ALL,
      paths: { '/api/v1/serviceaccounts': denied, '/apis/policy/v1/poddisruptionbudgets': denied, '/apis/autoscaling/v2/horizontalpodautoscalers': denied },
    });
    expect(report).toMatchObject({ status: 'ok' });
    expect(value['checkedReferences']).toEqual(['claim', 'priority-class', 'runtime-class']);
    const row = (value['rows'] as readonly Record<string, unknown>[])[0];
    expect(row).not.toHaveProperty('budgets');
    expect(row).not.toHaveProperty('autoscaled');
    expect(row).not.toHaveProperty('automountToken');
  });

  it('fail as a whole when the API server fails, for half a list is none', async () => {
    const { report } = await gather(workloads, { objects: ALL, paths: { '/apis/apps/v1/daemonsets': { status: 403, text: '{}' } } });
    expect(report).toMatchObject({ status: 'failed', reason: 'forbidden' });
  });

  it('tell references that lead nowhere', async () => {
    const spec = {
      serviceAccountName: 'gone',
      priorityClassName: 'system-node-critical',
      runtimeClassName: 'kata',
      containers: [],
      volumes: [{ persistentVolumeClaim: { claimName: 'data' } }, { persistentVolumeClaim: { claimName: 'lost' } }, { emptyDir: {} }],
    };
    expect(await rowOf(DEPLOYMENTS, deployment({ spec: { template: { spec } } }))).toMatchObject({ missing: ['service-account', 'claim', 'runtime-class'] });
  });
  it('know that a service account can keep its token to itself', async () => {
    expect(await rowOf(DEPLOYMENTS, deployment({ spec: { template: { spec: { serviceAccountName: undefined } } } }))).toMatchObject({
      automountToken: false,
      defaultServiceAccount: true,
    });
  });

  it.each([
    ['stuck', { status: { conditions: [condition('Progressing', 'False', 2_000, { reason: 'ProgressDeadlineExceeded', lastUpdateTime: ago(2_000) })] } }],
    ['progressing', { status: { conditions: [condition('Progressing', 'True', 9_000, { reason: 'ReplicaSetUpdated', lastUpdateTime: ago(60) })] } }],
    ['paused', { spec: { paused: true } }],
  ])('have rollouts that are %s', async (rollout, change) => {
    expect(await rowOf(DEPLOYMENTS, deployment(change))).toMatchObject({ rollout });
  });
  it('remember since when too few replicas are available', async () => {
    const row = await rowOf(DEPLOYMENTS, deployment({ metadata: { generation: 5 }, status: { availableReplicas: 0, conditions: [condition('Available', 'False', 1_800)] } }));
    expect(row).toMatchObject({ available: 0, generationLag: true, unavailableSince: 1_795_305_600 - 1_800 });
  });

  it('of StatefulSets with two revisions', async () => {
    const set = deployment({
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
      status: { currentRevision: 'db-1', updateRevision: 'db-2', updatedReplicas: 1, availableReplicas: undefined },
    });
    expect(await rowOf(STATEFUL_SETS, set)).toMatchObject({ kind: 'StatefulSet', revisionSplit: true, partitioned: true, available: 3, desired: 3 });
  });
  it('of DaemonSets by their own numbers', async () => {
    const set = deployment({
      spec: { replicas: undefined, updateStrategy: { type: 'OnDelete' } },
      status: { desiredNumberScheduled: 6, currentNumberScheduled: 5, numberReady: 4, numberAvailable: 4, updatedNumberScheduled: 3, numberMisscheduled: 1 },
    });
    expect(await rowOf(DAEMON_SETS, set)).toMatchObject({ kind: 'DaemonSet', desired: 6, current: 5, ready: 4, updated: 3, misscheduled: 1, strategy: 'OnDelete' });
  });
  it('of CronJobs by their template', async () => {
    const cron = {
      metadata: { name: 'backup', namespace: 'shop' },
      spec: { jobTemplate: { spec: { template: { spec: { containers: [{ image: 'tool:latest', securityContext: { privileged: true } }] } } } } },
    };
    expect(await rowOf(CRON_JOBS, cron)).toMatchObject({ kind: 'CronJob', desired: 0, generationLag: false, imageLatest: 1, privileged: 1 });
  });

  it('of a release without PodDisruptionBudgets have none', async () => {
    const { value } = await gather(workloads, { objects: ALL.filter(([resource]) => resource !== POD_DISRUPTION_BUDGETS && resource !== CRON_JOBS) });
    expect(value['rows']).toMatchObject([{ budgets: 0 }]);
  });

  it('of any shape conform to the contract', async () => {
    const { value, report } = await gather(workloads, { objects: ALL.map(([resource]) => [resource, HOSTILE] as const) });
    expect(report).toMatchObject({ status: 'ok' });
    expect(value['total']).toBe(4 * HOSTILE.length);
  });
});
