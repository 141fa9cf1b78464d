import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { preferRecent } from '../measure-window.ts';

export const apiErrorsHigh = defineCheck({
  id: 'control-plane-api-errors-high',
  area: 'control-plane',
  title: { zh: 'API 请求出错比例过高', en: 'High API request error rate' },
  why: { zh: '大量请求失败：部署、扩缩容和控制器的修复都会变慢或做不成。', en: 'Many requests fail: deployments, scaling and repairs by controllers slow down or do not succeed.' },
  remedy: {
    zh: "执行 `kubectl get --raw /metrics | grep 'apiserver_request_total.*code=\"5'` 找出出错的资源；查看 kube-apiserver 的日志，多见于 etcd、聚合 API 或 Webhook 不可用。",
    en: "Run `kubectl get --raw /metrics | grep 'apiserver_request_total.*code=\"5'` to find the failing resources; check the kube-apiserver logs; common causes are an unavailable etcd, aggregated API or webhook.",
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { warningPercent: 1, criticalPercent: 5, minimumCount: 100 },
  source: 'kubernetes-mixin KubeClientErrors (1 % of 5xx), kubeeye; critical at five times that by practice',

  evaluate({ apiMetrics }, { warningPercent, criticalPercent, minimumCount }) {
    const observed = preferRecent({ value: apiMetrics.recentErrorPercent, count: apiMetrics.recentRequests }, minimumCount, apiMetrics.errorPercent);
    return observed === undefined ? unknown('not-reported') : above(observed, { warning: warningPercent, critical: criticalPercent });
  },
});
