import { defineCheck, unknown } from '../check.ts';

export const hpaMetricsMissing = defineCheck({
  id: 'workload-hpa-metrics-missing',
  area: 'workload',
  title: { zh: 'HPA 取不到指标', en: 'HorizontalPodAutoscalers get no metrics' },
  why: { zh: '无法按负载扩容，高峰时服务会过载。', en: 'It cannot scale by load, and at a peak the service is overwhelmed.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe hpa <名称>` 查看原因，再用 `kubectl get apiservice v1beta1.metrics.k8s.io` 确认指标服务；补上容器的资源请求或恢复指标适配器。',
    en: 'Run `kubectl -n <namespace> describe hpa <name>` for the reason and `kubectl get apiservice v1beta1.metrics.k8s.io` for the metrics service; set resource requests or bring the metrics adapter back.',
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
