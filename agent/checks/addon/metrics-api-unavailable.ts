import { defineCheck, notApplicable } from '../check.ts';

export const metricsApiUnavailable = defineCheck({
  id: 'addon-metrics-api-unavailable',
  area: 'addon',
  title: { zh: '资源指标 API 不可用', en: 'Resource metrics API unavailable' },
  remedy: {
    zh: '执行 `kubectl get apiservice v1beta1.metrics.k8s.io` 与 `kubectl -n kube-system logs deploy/metrics-server --tail=50`；恢复 metrics-server 及其到 kubelet 的网络。',
    en: 'Run `kubectl get apiservice v1beta1.metrics.k8s.io` and `kubectl -n kube-system logs deploy/metrics-server --tail=50`; restore metrics-server and its way to the kubelets.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'minutes',
  threshold: { downMinutes: 5 },
  source: 'checks.md addon.metrics-server (APIService down 5 min); kubernetes-mixin KubeAggregatedAPIDown',

  evaluate({ addons }, { downMinutes }, { now }) {
    if (addons.metricsApi === 'absent') return notApplicable('not-present');
    if (addons.metricsApi === 'available') return [];
    const minutes = addons.metricsApiSince === undefined ? undefined : Math.floor((now - addons.metricsApiSince) / 60);
    return minutes !== undefined && minutes < downMinutes ? [] : [{ scope: { kind: 'APIService', name: 'v1beta1.metrics.k8s.io' }, ...(minutes !== undefined && { observed: minutes }), threshold: downMinutes }];
  },
});
