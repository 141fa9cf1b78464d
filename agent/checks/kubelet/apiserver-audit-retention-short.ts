import { defineCheck, notApplicable } from '../check.ts';

export const apiserverAuditRetentionShort = defineCheck({
  id: 'kubelet-apiserver-audit-retention-short',
  area: 'kubelet',
  title: { zh: '审计日志保留时间过短', en: 'Audit log retention too short' },
  why: { zh: '事件被发现时，当时的操作记录往往已经被覆盖。', en: 'By the time an incident is noticed, the record of what was done may already have been overwritten.' },
  remedy: {
    zh: '执行 `grep -- --audit-log-maxage /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；调大 `--audit-log-maxage` 并留足磁盘，或把审计日志送到集中的日志平台。',
    en: 'Run `grep -- --audit-log-maxage /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; raise `--audit-log-maxage` and provide enough disk space, or send audit logs to a central logging platform.',
  },
  severity: 'info',
  setup: true,
  reads: ['apiserverFlags'],
  unit: 'days',
  threshold: { lowestDays: 30 },
  source: 'CIS Kubernetes Benchmark 1.2.17 (30 days)',

  evaluate({ apiserverFlags }, { lowestDays }) {
    const days = apiserverFlags.auditLogMaxAgeDays;
    if (days === undefined) return notApplicable('not-in-use');
    return days > 0 && days < lowestDays ? [{ observed: days, threshold: lowestDays }] : [];
  },
});
