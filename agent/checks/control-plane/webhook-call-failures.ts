import { defineCheck, notApplicable, unknown } from '../check.ts';
import { perHourSince } from '../measure-window.ts';

export const webhookCallFailures = defineCheck({
  id: 'control-plane-webhook-call-failures',
  area: 'control-plane',
  title: { zh: '准入 Webhook 调用持续失败', en: 'Persistent admission webhook call failures' },
  why: {
    zh: '准入 Webhook 失败时，相关对象的发布被拒绝，或未经检查就放行。',
    en: 'While the webhook fails, deployments of the objects it covers are rejected or admitted unchecked.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep -E "admission_webhook_(rejection|fail_open)_count"` 找出出错的 Webhook；检查其后端的日志、证书与网络。',
    en: 'Run `kubectl get --raw /metrics | grep -E "admission_webhook_(rejection|fail_open)_count"` to find the failing webhook; check the logs, certificate and network of its backend.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'count',
  threshold: { perHourCount: 1 },
  source: 'practice: a webhook that fails once an hour lets policies through or blocks writes',

  evaluate({ apiMetrics }, { perHourCount }, { now }) {
    const { webhookCalls, webhookFailures = 0, requests } = apiMetrics;
    if (requests === undefined) return unknown('not-reported');
    if (webhookCalls === undefined && webhookFailures === 0) return notApplicable('not-in-use');
    const perHour = perHourSince(webhookFailures, apiMetrics.startedAt, now);
    if (perHour === undefined) return unknown('not-reported');
    return perHour >= perHourCount ? [{ observed: perHour, threshold: perHourCount }] : [];
  },
});
