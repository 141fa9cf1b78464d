import { defineCheck } from '../check.ts';

export const apiserverAuditOff = defineCheck({
  id: 'kubelet-apiserver-audit-off',
  area: 'kubelet',
  title: { zh: 'API Server 未启用审计', en: 'API server without audit' },
  why: { zh: '谁删除了资源、谁读过 Secret 都没有记录，事后无法追查。', en: 'Who deleted what and who read a Secret is recorded nowhere, so nothing can be traced afterwards.' },
  remedy: {
    zh: '执行 `grep -- --audit /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--audit-policy-file` 与 `--audit-log-path`（或 Webhook）并挂载相应目录，否则无法追溯谁做了改动。',
    en: 'Check `grep -- --audit /etc/kubernetes/manifests/kube-apiserver.yaml`; set `--audit-policy-file` and `--audit-log-path` (or a webhook) and mount the folders, or nobody can tell who changed what.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.16 and 3.2.1, Baidu CCE inspection',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.auditLogSet && apiserverFlags.auditPolicySet ? [] : [{ observed: false, threshold: true }];
  },
});
