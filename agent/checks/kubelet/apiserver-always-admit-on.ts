import { defineCheck } from '../check.ts';

export const apiserverAlwaysAdmitOn = defineCheck({
  id: 'kubelet-apiserver-always-admit-on',
  area: 'kubelet',
  title: { zh: '启用了 AlwaysAdmit 准入插件', en: 'AlwaysAdmit admission plugin enabled' },
  why: { zh: '准入控制全部放行：配额与安全策略形同虚设。', en: 'Every request is admitted, so quotas and security policies have no effect.' },
  remedy: {
    zh: '执行 `grep -- admission-plugins /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；从 `--enable-admission-plugins` 中去掉 `AlwaysAdmit`。',
    en: 'Run `grep -- admission-plugins /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; remove `AlwaysAdmit` from `--enable-admission-plugins`.',
  },
  severity: 'critical',
  setup: true,
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.10',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.admissionEnabled.includes('AlwaysAdmit') ? [{ observed: true, threshold: false }] : [];
  },
});
