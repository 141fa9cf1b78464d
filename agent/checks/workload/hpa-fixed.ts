import { defineCheck } from '../check.ts';

export const hpaFixed = defineCheck({
  id: 'workload-hpa-fixed',
  area: 'workload',
  title: { zh: 'HPA 的最小与最大副本数相同', en: 'HorizontalPodAutoscalers with equal minimum and maximum' },
  why: { zh: '高峰时不会扩容，低谷时不会缩容，看似有弹性其实没有。', en: 'It neither scales out at peak load nor scales in afterwards: it is elastic in name only.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get hpa <名称>` 核对；提高 maxReplicas，或删除 HPA 并直接设置副本数。',
    en: 'Run `kubectl -n <namespace> get hpa <name>` to check both values; raise maxReplicas, or delete the autoscaler and set the replica count directly.',
  },
  severity: 'info',
  setup: true,
  reads: ['autoscalers'],
  unit: 'count',
  threshold: {},
  source: 'practice: an autoscaler with min = max only hides that replicas are fixed (Polaris hpaMaxAvailability)',

  evaluate({ autoscalers }) {
    return autoscalers.rows
      .filter((row) => row.minimum >= row.maximum)
      .map((row) => ({ scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name }, observed: row.maximum, threshold: row.minimum }));
  },
});
