import { defineCheck } from '../check.ts';

export const apiserverTokenLookupOff = defineCheck({
  id: 'kubelet-apiserver-token-lookup-off',
  area: 'kubelet',
  title: { zh: 'API Server 不校验令牌所属账号是否存在', en: 'Tokens of deleted service accounts accepted' },
  why: { zh: '删除服务账号后，它的旧令牌仍然可用，泄露的令牌无法作废。', en: 'Old tokens still work after their service account is deleted, so a leaked token cannot be revoked.' },
  remedy: {
    zh: '执行 `grep -- --service-account-lookup /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；去掉该参数或设为 `true`，否则删除 ServiceAccount 后旧令牌仍然有效。',
    en: 'Run `grep -- --service-account-lookup /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; remove the flag or set it to `true`; otherwise old tokens remain valid after their service account is deleted.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.20',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.serviceAccountLookup ? [] : [{ observed: false, threshold: true }];
  },
});
