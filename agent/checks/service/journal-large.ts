import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const journalLarge = defineCheck({
  id: 'service-journal-large',
  area: 'service',
  title: { zh: 'journald 日志过大', en: 'journald logs too large' },
  why: { zh: '日志占用磁盘空间，写满后系统和业务都无法写入。', en: 'The logs take up disk space; when the disk is full, neither the system nor services can write.' },
  remedy: {
    zh: '执行 `journalctl --disk-usage` 查看用量；执行 `journalctl --vacuum-size=1G` 清理，并设置 SystemMaxUse。',
    en: 'Run `journalctl --disk-usage` to check usage; reduce it with `journalctl --vacuum-size=1G` and set SystemMaxUse.',
  },
  severity: 'warning',
  reads: ['logs'],
  unit: 'bytes',
  threshold: { warningBytes: 5 * 1024 ** 3 },
  source: "practice: journald itself stops at 4 GiB by default (journald.conf SystemMaxUse); more means that a wide limit or old machines' journals are left",

  evaluate({ logs: { journalBytes } }, { warningBytes }) {
    return journalBytes === undefined ? notApplicable('not-present') : above(journalBytes, { warning: warningBytes });
  },
});
