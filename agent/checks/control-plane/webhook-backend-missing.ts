import { defineCheck, unknown } from '../check.ts';

export const webhookBackendMissing = defineCheck({
  id: 'control-plane-webhook-backend-missing',
  area: 'control-plane',
  title: { zh: '准入 Webhook 的后端不可用', en: 'Admission webhooks without a backend' },
  why: {
    zh: '准入 Webhook 没有后端：它管辖的创建与修改会被全部拒绝，或绕过检查。',
    en: 'The webhook has nobody behind it: what it looks at is refused, or passes without being looked at.',
  },
  remedy: {
    zh: '执行 `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration` 找到该配置，再查看其 Service 与 Pod；修复后端，或删除已卸载组件遗留的配置，否则相关写请求会失败。',
    en: 'Find it by `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration` and look at its Service and pods; repair the backend or delete what an uninstalled component left behind, because writes fail meanwhile.',
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
