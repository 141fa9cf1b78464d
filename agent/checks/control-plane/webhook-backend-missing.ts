import { defineCheck, unknown } from '../check.ts';

export const webhookBackendMissing = defineCheck({
  id: 'control-plane-webhook-backend-missing',
  area: 'control-plane',
  title: { zh: '准入 Webhook 的后端不可用', en: 'Admission webhooks without a backend' },
  why: {
    zh: '准入 Webhook 没有后端：它管辖的创建与修改会被全部拒绝，或绕过检查。',
    en: 'The admission webhook has no backend: all create and update requests it covers are rejected, or bypass the check.',
  },
  remedy: {
    zh: '执行 `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration` 找到该配置，再查看其 Service 与 Pod；修复后端，或删除已卸载组件遗留的配置，否则相关写请求会失败。',
    en: 'Run `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration` to find the configuration, then check its Service and pods; fix the backend, or delete a configuration left behind by an uninstalled component, otherwise the affected write requests fail.',
  },
  severity: 'warning',
  reads: ['webhooks'],
  unit: 'value',
  threshold: { state: 'ready' },
  source: 'k8sgpt webhook analyzers; critical when the failure policy refuses requests',

  evaluate({ webhooks }, { state }) {
    const down = webhooks.rows.filter(({ backend }) => backend === 'service-missing' || backend === 'no-endpoints');
    if (down.length === 0 && webhooks.rows.some(({ backend }) => backend === 'unread')) return unknown('forbidden');
    return down.map(({ kind, name, backend, failingBackend }) => ({
      scope: { kind, name },
      observed: backend,
      threshold: state,
      severity: failingBackend ? 'critical' : undefined,
    }));
  },
});
