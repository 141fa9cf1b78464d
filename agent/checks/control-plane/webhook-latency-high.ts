import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { preferRecent } from '../measure-window.ts';

export const webhookLatencyHigh = defineCheck({
  id: 'control-plane-webhook-latency-high',
  area: 'control-plane',
  title: { zh: '准入 Webhook 时延过高', en: 'High admission webhook latency' },
  why: { zh: '慢的 Webhook 拖慢每一次相关的创建与修改，超时后就是失败。', en: 'A slow webhook delays every create and update it covers; after the timeout, the request fails.' },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_admission_webhook_admission_duration_seconds_sum` 找出慢的 Webhook；扩容其后端，缩小 rules 与 namespaceSelector 的范围。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_admission_webhook_admission_duration_seconds_sum` to find the slow webhook; scale out its backend, and narrow its rules and namespaceSelector.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000, minimumCount: 20 },
  source: 'practice: a webhook is in the way of every write; Kubernetes docs ask for milliseconds',

  evaluate({ apiMetrics }, { warningMs, minimumCount }) {
    if (apiMetrics.requests !== undefined && (apiMetrics.webhookCalls ?? 0) === 0) return notApplicable('not-in-use');
    const observed = preferRecent({ value: apiMetrics.recentWebhookP99Ms, count: apiMetrics.recentWebhookCalls }, minimumCount, apiMetrics.webhookP99Ms);
    return observed === undefined ? unknown('not-reported') : above(observed, { warning: warningMs });
  },
});
