import { defineCheck } from '../check.ts';

export const hpaMaxed = defineCheck({
  id: 'workload-hpa-maxed',
  area: 'workload',
  title: { zh: 'HPA 长时间处于最大副本数', en: 'HorizontalPodAutoscalers running at maximum replicas' },
  why: { zh: '自动扩缩容已到上限：负载再涨，响应会变慢或出错。', en: 'Autoscaling has reached its limit: if load keeps rising, responses may slow down or fail.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get hpa <名称>` 对比指标与目标；确认集群容量足够后提高 maxReplicas，或优化应用。',
    en: 'Run `kubectl -n <namespace> get hpa <name>` to compare the metric with its target; raise maxReplicas if the cluster has capacity, or optimise the application.',
  },
  severity: 'warning',
  reads: ['autoscalers'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeHpaMaxedOut (15 min), Polaris; only info while the maximum does not yet hold it back',

  evaluate({ autoscalers }, { minimumSeconds }, { now }) {
    return autoscalers.rows
      .filter((row) => {
        const since = (row.limited === true ? row.limitedChangedAt : row.lastScaledAt) ?? row.createdAt;
        return row.maximum > row.minimum && row.current >= row.maximum && now - since >= minimumSeconds;
      })
      .map((row) => ({
        scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name },
        observed: row.current,
        threshold: row.maximum,
        severity: row.limited === false ? 'info' : 'warning',
      }));
  },
});
