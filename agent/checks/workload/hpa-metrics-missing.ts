import { defineCheck, unknown } from '../check.ts';

export const hpaMetricsMissing = defineCheck({
  id: 'workload-hpa-metrics-missing',
  area: 'workload',
  title: { zh: 'HPA 取不到指标', en: 'HorizontalPodAutoscalers without metrics' },
  why: { zh: '无法按负载扩容，高峰时服务会过载。', en: 'It cannot scale with load, and the service may be overloaded at peak.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe hpa <名称>` 查看原因，再用 `kubectl get apiservice v1beta1.metrics.k8s.io` 确认指标服务；补上容器的资源请求或恢复指标适配器。',
    en: "Run `kubectl -n <namespace> describe hpa <name>` to find the cause, then `kubectl get apiservice v1beta1.metrics.k8s.io` to check the metrics service; set the containers' resource requests or restore the metrics adapter.",
  },
  severity: 'warning',
  reads: ['autoscalers'],
  unit: 'value',
  threshold: { minimumSeconds: 900 },
  source: 'awesome-prometheus-alerts KubernetesHpaMetricsUnavailability; 15 min',

  evaluate({ autoscalers }, { minimumSeconds }, { now }) {
    if (autoscalers.rows.length > 0 && autoscalers.rows.every(({ scalingActive }) => scalingActive === undefined)) return unknown();
    return autoscalers.rows
      .filter(
        (row) =>
          row.scalingActive === 'False' && row.scalingFailure !== 'disabled' && row.targetExists !== false && now - (row.scalingActiveChangedAt ?? row.createdAt) >= minimumSeconds,
      )
      .map((row) => ({ scope: { kind: 'HorizontalPodAutoscaler', namespace: row.namespace, name: row.name }, observed: row.scalingFailure ?? 'other' }));
  },
});
