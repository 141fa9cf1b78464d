import { defineCheck } from '../check.ts';

export const apiserverStaticCredentials = defineCheck({
  id: 'kubelet-apiserver-static-credentials',
  area: 'kubelet',
  title: { zh: 'API Server 使用静态令牌或密码文件', en: 'Static token or password file used by the API server' },
  why: {
    zh: '凭据写在文件里，不能过期也难以撤销，泄露后长期有效。',
    en: 'Credentials in a file cannot expire and are hard to revoke; once leaked, they remain valid for a long time.',
  },
  remedy: {
    zh: '执行 `grep -- -auth-file /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；改用证书、ServiceAccount 或 OIDC 后去掉该参数；静态凭据永不过期，且须重启才能吊销。',
    en: 'Run `grep -- -auth-file /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; switch to certificates, service accounts or OIDC and remove the flag: static credentials never expire, and revoking one requires a restart.',
  },
  severity: 'warning',
  setup: true,
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.2',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.staticCredentials ? [{ observed: true, threshold: false }] : [];
  },
});
