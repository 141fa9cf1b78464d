import { defineCheck, notApplicable } from '../check.ts';

export const journaldNotPersistent = defineCheck({
  id: 'service-journald-not-persistent',
  area: 'service',
  title: { zh: '系统日志重启后会丢失', en: 'System logs lost after a reboot' },
  why: { zh: '机器重启后故障前的日志全部消失，宕机原因无从查起。', en: 'After a reboot, all logs from before the failure are gone, and the cause of a crash cannot be found.' },
  remedy: {
    zh: '执行 `journalctl --header | grep "File path"` 查看日志位置；创建 /var/log/journal 或设置 Storage=persistent，并设置 SystemMaxUse。',
    en: 'Run `journalctl --header | grep "File path"` to check the log location; create /var/log/journal or set Storage=persistent, and set SystemMaxUse.',
  },
  severity: 'info',
  setup: true,
  reads: ['logs'],
  unit: 'value',
  threshold: {},
  source: 'node-problem-detector #114 and #121 (needs /var/log/journal); Huawei CCE pre-check journald; syslog files do as well',

  evaluate({ logs: { journaldPersistent, syslogPresent } }) {
    if (journaldPersistent === undefined) return notApplicable('not-present');
    return journaldPersistent || syslogPresent ? [] : [{ observed: false, threshold: true }];
  },
});
