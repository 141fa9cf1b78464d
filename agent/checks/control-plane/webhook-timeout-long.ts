import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const webhookTimeoutLong = defineCheck({
  id: 'control-plane-webhook-timeout-long',
  area: 'control-plane',
  title: { zh: '准入 Webhook 超时时间过长', en: 'Webhooks with long timeouts' },
  why: {
    zh: 'Webhook 无响应时，每次创建或修改都要等这么久，整个集群显得卡死。',
    en: 'When the webhook does not answer every change waits that long, and the cluster seems frozen.',
  },
  remedy: {
    zh: '执行 `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration <名称> -o yaml` 查看 timeoutSeconds；调短超时，后端缓慢时每个写请求都要等待这么久。',
    en: 'Look at timeoutSeconds in `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration <name> -o yaml`; shorten it, because every write waits that long for a slow backend.',
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
