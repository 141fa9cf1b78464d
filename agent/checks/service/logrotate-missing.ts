import { defineCheck, notApplicable, unknown } from '../check.ts';

export const logrotateMissing = defineCheck({
  id: 'service-logrotate-missing',
  area: 'service',
  title: { zh: '日志没有轮转', en: 'Logs not rotated' },
  why: { zh: '日志只增不减，写满磁盘只是时间问题。', en: 'Logs only grow and will sooner or later fill the disk.' },
  remedy: {
    zh: '执行 `systemctl status logrotate.timer` 或 `ls -l /etc/cron.daily/logrotate` 查看定时任务，再用 `logrotate -d /etc/logrotate.conf` 试运行；安装并启用 logrotate，修复配置错误。',
    en: 'Run `systemctl status logrotate.timer` or `ls -l /etc/cron.daily/logrotate` to check the schedule, then `logrotate -d /etc/logrotate.conf` for a dry run; install and enable logrotate, and fix configuration errors.',
  },
  severity: 'warning',
  reads: ['logs'],
  unit: 'days',
  threshold: { staleDays: 3 },
  source: 'practice: logs that nobody rotates fill the disk; logrotate runs daily, so three days mean it fails',

  evaluate({ logs }, { staleDays }, { now }) {
    if (!logs.logrotatePresent) return logs.syslogPresent ? [{ observed: false, threshold: true }] : notApplicable();
    if (logs.logrotateRanAt !== undefined) {
      const days = Math.floor((now - logs.logrotateRanAt) / 86_400);
      return days >= staleDays ? [{ observed: days, threshold: staleDays }] : [];
    }
    if (logs.logrotateScheduled === undefined) return unknown();
    return logs.logrotateScheduled ? [] : [{ observed: false, threshold: true }];
  },
});
