import { defineCheck } from '../check.ts';

export const hpaMismatch = defineCheck({
  id: 'workload-hpa-mismatch',
  area: 'workload',
  title: { zh: 'HPA 期望副本数长时间未达到', en: 'HorizontalPodAutoscalers not reaching desired replicas' },
  why: { zh: '需要的副本没有起来，服务在高峰时以不足的容量运行。', en: 'The required replicas do not come up, and the service runs short of capacity at peak.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe hpa <名称>` 与 `kubectl -n <命名空间> get pods` 查看新副本为何没有就绪或创建。',
    en: 'Run `kubectl -n <namespace> describe hpa <name>` and `kubectl -n <namespace> get pods` to see why the new replicas are not created or not ready.',
  },
  severity: 'warning',
  setup: true,
  reads: ['autoscalers'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeHpaReplicasMismatch (15 min)',

  evaluate({ autoscalers }, { minimumSeconds }, { now }) {
    return autoscalers.rows
      .filter((row) => row.desired !== row.current && row.scalingActive !== 'False' && row.targetExists !== false && now - (row.lastScaledAt ?? row.createdAt) >= minimumSeconds)
      .map((row) => ({ scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name }, observed: row.current, threshold: row.desired }));
  },
});
