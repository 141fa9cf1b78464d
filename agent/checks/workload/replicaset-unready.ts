import { defineCheck } from '../check.ts';

export const replicasetUnready = defineCheck({
  id: 'workload-replicaset-unready',
  area: 'workload',
  title: { zh: '独立副本集副本不足', en: 'Standalone ReplicaSets short of replicas' },
  why: {
    zh: '没有 Deployment 管理它，副本不足不会随发布修复，服务容量已减少。',
    en: 'No Deployment manages it, so a rollout will not repair it and the service runs at reduced capacity.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe replicaset <名称>` 查看事件；确认仍需要后改由 Deployment 管理，否则删除。',
    en: 'Run `kubectl -n <namespace> describe replicaset <name>` to see its events; if it is still needed, manage it with a Deployment, otherwise delete it.',
  },
  severity: 'warning',
  reads: ['replicaSets'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'popeye 1120, k8sgpt; 15 min as for Deployments',

  evaluate({ replicaSets }, { minimumSeconds }, { now }) {
    return replicaSets.short
      .filter(({ createdAt }) => now - createdAt >= minimumSeconds)
      .map(({ namespace, name, ready, desired }) => ({ scope: { kind: 'ReplicaSet', namespace, name }, observed: ready, threshold: desired }));
  },
});
