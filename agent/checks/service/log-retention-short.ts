import { defineCheck, notApplicable, unknown } from '../check.ts';

export const logRetentionShort = defineCheck({
  id: 'service-log-retention-short',
  area: 'service',
  title: { zh: '系统日志保留时间过短', en: 'System log retention too short' },
  why: {
    zh: '事故往往几周后才被发现，那时证据已经没有；法规要求保留至少六个月。',
    en: 'Incidents are often discovered weeks later, when the evidence is gone; Chinese law requires at least six months.',
  },
  remedy: {
    zh: '执行 `cat /etc/logrotate.d/rsyslog /etc/logrotate.conf` 查看 rotate 与周期；延长保留时间，或把日志转发到集中的日志平台保存。',
    en: 'Run `cat /etc/logrotate.d/rsyslog /etc/logrotate.conf` to check the rotate count and interval; extend the retention period, or forward logs to a central logging platform.',
  },
  severity: 'info',
  setup: true,
  reads: ['logs'],
  unit: 'days',
  threshold: { minimumDays: 180 },
  source: '《网络安全法》第二十一条 and 等保 2.0 (GB/T 22239-2019): logs for at least six months (180 days)',

  evaluate({ logs: { syslogPresent, remoteLogging, retentionDays } }, { minimumDays }) {
    if (!syslogPresent || remoteLogging === true) return notApplicable();
    if (retentionDays === undefined) return unknown();
    return retentionDays < minimumDays ? [{ observed: retentionDays, threshold: minimumDays }] : [];
  },
});
