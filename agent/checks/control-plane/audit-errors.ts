import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const auditErrors = defineCheck({
  id: 'control-plane-audit-errors',
  area: 'control-plane',
  title: { zh: '审计日志写入失败', en: 'Audit log write failures' },
  why: { zh: '丢失的审计事件补不回来：出事后无法证明谁做了什么。', en: 'Lost audit events cannot be recovered: after an incident, there is no proof of who did what.' },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_audit_error_total` 查看出错的后端；检查审计日志所在磁盘的空间，或审计 Webhook 的可用性。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_audit_error_total` to identify the failing backend; check the free space on the audit log disk, or the availability of the audit webhook.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { warningPercent: 0.1 },
  source: 'practice: a trail with gaps is no proof',

  evaluate({ apiMetrics }, { warningPercent }) {
    const { auditEvents, auditErrors = 0 } = apiMetrics;
    if (auditEvents === undefined) return unknown('not-reported');
    if (auditEvents === 0) return notApplicable('not-in-use');
    return above(Math.round((auditErrors / (auditEvents + auditErrors)) * 100_000) / 1_000, { warning: warningPercent });
  },
});
