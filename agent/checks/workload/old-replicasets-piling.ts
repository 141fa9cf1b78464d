import { defineCheck } from '../check.ts';

export const oldReplicasetsPiling = defineCheck({
  id: 'workload-old-replicasets-piling',
  area: 'workload',
  title: { zh: '旧副本集积压', en: 'Accumulation of old ReplicaSets' },
  why: { zh: '旧对象占用 etcd 与列表，控制器处理变慢。', en: 'Old objects take up space in etcd and list output, and slow down controllers.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get replicaset` 查看旧版本；把 revisionHistoryLimit 调低后控制器会自动清理。',
    en: 'Run `kubectl -n <namespace> get replicaset` to see the old revisions; lower revisionHistoryLimit and the controller will clean them up.',
  },
  severity: 'info',
  setup: true,
  reads: ['replicaSets'],
  unit: 'count',
  threshold: { oldCount: 11 },
  source: 'practice: revisionHistoryLimit keeps 10 by default; more only burdens lists and etcd',

  evaluate({ replicaSets }, { oldCount }) {
    return replicaSets.piled
      .filter(({ old }) => old >= oldCount)
      .map(({ namespace, name, old }) => ({ scope: { kind: 'Deployment', namespace, name }, observed: old, threshold: oldCount }));
  },
});
