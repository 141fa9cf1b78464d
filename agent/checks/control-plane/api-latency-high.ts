import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { preferRecent } from '../measure-window.ts';

export const apiLatencyHigh = defineCheck({
  id: 'control-plane-api-latency-high',
  area: 'control-plane',
  title: { zh: 'API 请求时延过高', en: 'High API request latency' },
  why: {
    zh: 'API 响应慢时，故障转移和发布跟着变慢，控制器可能错过自己的期限。',
    en: 'When the API is slow, failover and rollouts slow down too, and controllers may miss their deadlines.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_request_duration_seconds_sum` 找出慢的资源与动作；检查 etcd 时延、准入 Webhook 和请求量大的客户端。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_request_duration_seconds_sum` to find the slow resources and verbs; check etcd latency, admission webhooks and clients with high request volumes.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000, criticalMs: 5_000, minimumCount: 100 },
  source: 'Kubernetes SLO for single-object API calls (p99 ≤ 1 s); critical at five times that. Lists and watches are left out',

  evaluate({ apiMetrics }, { warningMs, criticalMs, minimumCount }) {
    const observed = preferRecent({ value: apiMetrics.recentLatencyP99Ms, count: apiMetrics.recentMeasured }, minimumCount, apiMetrics.latencyP99Ms);
    return observed === undefined ? unknown('not-reported') : above(observed, { warning: warningMs, critical: criticalMs });
  },
});
