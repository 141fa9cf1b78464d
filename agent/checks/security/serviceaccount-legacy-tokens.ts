import { defineCheck } from '../check.ts';

export const serviceaccountLegacyTokens = defineCheck({
  id: 'security-serviceaccount-legacy-tokens',
  area: 'security',
  title: { zh: '服务账号仍有不过期的旧式令牌', en: 'Service accounts with non-expiring legacy tokens' },
  why: { zh: '泄露后永久有效，只能靠人记得去删除。', en: 'A leaked token remains valid indefinitely unless somebody remembers to delete it.' },
  remedy: {
    zh: '执行 `kubectl get secrets -A --field-selector type=kubernetes.io/service-account-token` 列出；确认无人使用后删除，改用会过期的 TokenRequest 令牌。',
    en: 'Run `kubectl get secrets -A --field-selector type=kubernetes.io/service-account-token` to list them; delete those confirmed unused, and use TokenRequest tokens, which expire.',
  },
  severity: 'info',
  reads: ['serviceAccounts'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'Kubernetes documentation: since 1.24 no token Secrets are made; practice: any, because such a token never expires',

  evaluate({ serviceAccounts }, { atLeastCount }) {
    const count = serviceAccounts.tenantWithSecrets;
    return count >= atLeastCount ? [{ observed: count, threshold: atLeastCount }] : [];
  },
});
