import { defineCheck, type Violation } from '../check.ts';

export const webhookScopeBroad = defineCheck({
  id: 'control-plane-webhook-scope-broad',
  area: 'control-plane',
  title: { zh: '出错即拒绝的 Webhook 拦截范围过大', en: 'Fail-closed webhooks with too broad a scope' },
  why: {
    zh: '范围过宽且失败即拒绝：它一旦故障，包括系统组件在内的 Pod 都无法重建。',
    en: 'The scope is too broad and the webhook rejects requests on failure: if it goes down, no pods, including system pods, can be recreated.',
  },
  remedy: {
    zh: '执行 `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration <名称> -o yaml` 核对 rules 与选择器；用 namespaceSelector 排除 kube-system，否则后端故障时集群无法自愈。',
    en: 'Run `kubectl get validatingwebhookconfiguration,mutatingwebhookconfiguration <name> -o yaml` to check the rules and selectors; exclude kube-system with namespaceSelector, otherwise the cluster cannot heal itself when the backend is down.',
  },
  severity: 'warning',
  setup: true,
  reads: ['webhooks'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'Kubernetes docs, admission webhook good practices: avoid kube-system and self-deadlocks',

  evaluate({ webhooks }, { minimumCount }) {
    return webhooks.rows.flatMap((row): readonly Violation[] => {
      const reasons = [row.coversEverything, row.coversKubeSystem, row.coversOwnBackend].filter(Boolean).length;
      return reasons >= minimumCount ? [{ scope: { kind: row.kind, name: row.name }, observed: row.failing }] : [];
    });
  },
});
