import { defineCheck } from '../check.ts';

export const replicasetUnready = defineCheck({
  id: 'workload-replicaset-unready',
  area: 'workload',
  title: { zh: '独立副本集副本不足', en: 'ReplicaSets of their own lack replicas' },
  why: { zh: '没有 Deployment 管理它，副本不足不会随发布修复，服务容量已减少。', en: 'No Deployment looks after it, and the service runs with less than it should.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe replicaset <名称>` 查看事件；确认仍需要后改由 Deployment 管理，否则删除。',
    en: 'Run `kubectl -n <namespace> describe replicaset <name>` for its events; let a Deployment own it when it is needed, delete it when not.',
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
