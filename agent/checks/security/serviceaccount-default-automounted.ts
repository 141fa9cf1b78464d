import { defineCheck, notApplicable } from '../check.ts';

export const serviceaccountDefaultAutomounted = defineCheck({
  id: 'security-serviceaccount-default-automounted',
  area: 'security',
  title: { zh: '默认服务账号的令牌会自动挂载到 Pod', en: 'Default service account tokens mounted automatically' },
  why: { zh: '每个 Pod 都带着可访问 API 的令牌，被攻破后立即可用。', en: 'Every pod carries a token for the API, which can be used immediately if the pod is compromised.' },
  remedy: {
    zh: '执行 `kubectl get serviceaccounts -A --field-selector metadata.name=default -o yaml | grep -c automount` 查看；在租户命名空间的默认账号上设置 `automountServiceAccountToken: false`。',
    en: 'Run `kubectl get serviceaccounts -A --field-selector metadata.name=default -o yaml | grep -c automount` to check; set `automountServiceAccountToken: false` on the default service accounts of tenant namespaces.',
  },
  severity: 'info',
  reads: ['serviceAccounts'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'popeye POP-301 and POP-303, CIS 5.1.6, kubescape C-0034',

  evaluate({ serviceAccounts }, { atLeastCount }) {
    const { tenantDefaults, tenantDefaultsAutomounted: count } = serviceAccounts;
    if (tenantDefaults === 0) return notApplicable('not-in-use');
    return count >= atLeastCount ? [{ observed: count, threshold: atLeastCount }] : [];
  },
});
