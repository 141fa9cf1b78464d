import { defineCheck } from '../check.ts';

export const apiserverAuditOff = defineCheck({
  id: 'kubelet-apiserver-audit-off',
  area: 'kubelet',
  title: { zh: 'API Server 未启用审计', en: 'API server auditing disabled' },
  why: { zh: '谁删除了资源、谁读过 Secret 都没有记录，事后无法追查。', en: 'There is no record of who deleted a resource or read a Secret, so nothing can be traced afterwards.' },
  remedy: {
    zh: '执行 `grep -- --audit /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--audit-policy-file` 与 `--audit-log-path`（或 Webhook）并挂载相应目录，否则无法追溯谁做了改动。',
    en: 'Run `grep -- --audit /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `--audit-policy-file` and `--audit-log-path` (or a webhook) and mount the corresponding directories; otherwise changes cannot be traced to whoever made them.',
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
