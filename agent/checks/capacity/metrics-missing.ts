import { defineCheck, unknown } from '../check.ts';

export const metricsMissing = defineCheck({
  id: 'capacity-metrics-missing',
  area: 'capacity',
  title: { zh: '资源指标 API 不可用', en: 'Resource metrics API unavailable' },
  why: {
    zh: '自动伸缩不工作，`kubectl top` 没有数据，扩容只能靠人盯。',
    en: 'Autoscaling does not work and `kubectl top` returns no data: load has to be watched and scaled manually.',
  },
  remedy: {
    zh: '执行 `kubectl get apiservice v1beta1.metrics.k8s.io` 与 `kubectl -n kube-system get deploy metrics-server` 查看状态；安装或修复 metrics-server，否则弹性伸缩与用量检查都无法工作。',
    en: 'Run `kubectl get apiservice v1beta1.metrics.k8s.io` and `kubectl -n kube-system get deploy metrics-server` to check their status; install or repair metrics-server, without which neither autoscaling nor usage checks work.',
  },
  severity: 'warning',
  reads: ['apiServer'],
  unit: 'value',
  threshold: { state: 'served' },
  source: 'popeye POP-402; HorizontalPodAutoscaler needs metrics.k8s.io',

  evaluate({ apiServer }, { state }) {
    if (apiServer.resourceMetrics === undefined) return unknown('forbidden');
    return apiServer.resourceMetrics === state ? [] : [{ observed: apiServer.resourceMetrics, threshold: state }];
  },
});
