import { defineCheck, unknown } from '../check.ts';

export const apiserverAuthorizationOpen = defineCheck({
  id: 'kubelet-apiserver-authorization-open',
  area: 'kubelet',
  title: { zh: 'API Server 授权模式过宽', en: 'Overly permissive API server authorization mode' },
  why: { zh: '授权模式过宽：任何有身份的人或 Pod 都能管理整个集群。', en: 'With such a permissive mode, any user or pod with an identity can administer the entire cluster.' },
  remedy: {
    zh: '执行 `grep -- --authorization-mode /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设为 `--authorization-mode=Node,RBAC`，改动前先为现有账号建立 RBAC 授权。',
    en: 'Run `grep -- --authorization-mode /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `--authorization-mode=Node,RBAC`, but first create RBAC permissions for the accounts in use.',
  },
  severity: 'critical',
  setup: true,
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: { required: ['Node', 'RBAC'] },
  source: 'CIS Kubernetes Benchmark 1.2.6 to 1.2.8; a missing Node or RBAC mode is milder than AlwaysAllow',

  evaluate({ apiserverFlags }, { required }) {
    const modes: readonly string[] | undefined = apiserverFlags.authorizationModes;
    if (modes === undefined) return unknown();
    if (modes.includes('AlwaysAllow')) return [{ observed: 'AlwaysAllow', severity: 'critical' }];
    return required
      .filter((mode) => !modes.includes(mode))
      .slice(0, 1)
      .map((mode) => ({ threshold: mode, severity: 'warning' }));
  },
});
