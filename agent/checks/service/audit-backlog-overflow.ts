import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const auditBacklogOverflow = defineCheck({
  id: 'service-audit-backlog-overflow',
  area: 'service',
  title: { zh: '审计队列溢出，审计记录丢失', en: 'Audit queue overflow, audit records lost' },
  why: {
    zh: '这段时间的操作没有审计记录，事后无法追溯，也不满足合规要求。',
    en: 'Activity in that period has no audit records: it cannot be traced, and compliance requirements are not met.',
  },
  remedy: {
    zh: '执行 `auditctl -s` 查看 backlog 与 lost；提高 backlog_limit，精简过宽的审计规则，并检查日志磁盘的速度。',
    en: 'Run `auditctl -s` to check backlog and lost; raise backlog_limit, narrow overly broad audit rules, and check the speed of the log disk.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: a full audit queue loses evidence and slows system calls',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['audit-backlog'], { warning: warningCount });
  },
});
