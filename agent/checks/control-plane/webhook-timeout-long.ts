import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const webhookTimeoutLong = defineCheck({
  id: 'control-plane-webhook-timeout-long',
  area: 'control-plane',
  title: { zh: '准入 Webhook 超时时间过长', en: 'Admission webhook timeout too long' },
  why: {
    zh: 'Webhook 无响应时，每次创建或修改都要等这么久，整个集群显得卡死。',
    en: 'If the webhook does not respond, every create or update request waits this long, and the whole cluster appears frozen.',
  },
  remedy: {
    zh: '执行 `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration <名称> -o yaml` 查看 timeoutSeconds；调短超时，后端缓慢时每个写请求都要等待这么久。',
    en: 'Run `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration <name> -o yaml` to check timeoutSeconds; shorten the timeout, because every write request waits this long when the backend is slow.',
  },
  severity: 'info',
  setup: true,
  reads: ['webhooks'],
  unit: 'seconds',
  threshold: { infoSeconds: 15 },
  source: 'Kubernetes docs, admission webhook good practices: small timeouts; beyond the default of 10 s by practice',

  evaluate({ webhooks }, { infoSeconds }) {
    return webhooks.rows.flatMap(({ kind, name, timeoutSeconds }) => above(timeoutSeconds, { info: infoSeconds }).map((violation) => ({ ...violation, scope: { kind, name } })));
  },
});
