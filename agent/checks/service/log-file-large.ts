import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const logFileLarge = defineCheck({
  id: 'service-log-file-large',
  area: 'service',
  title: { zh: '单个日志文件过大', en: 'Single log file too large' },
  why: { zh: '日志没有得到控制，会写满磁盘，也难以打开排查。', en: 'The log is growing unchecked: it will fill the disk and is hard to open for troubleshooting.' },
  remedy: {
    zh: '执行 `find /var/log -xdev -type f -size +1G -exec ls -lh {} +` 找出文件；为其配置轮转，程序一直打开旧文件时用 copytruncate 或通知其重新打开。',
    en: 'Run `find /var/log -xdev -type f -size +1G -exec ls -lh {} +` to find the file; configure log rotation for it. If the program keeps the old file open, use copytruncate or signal it to reopen the file.',
  },
  severity: 'warning',
  reads: ['logs'],
  unit: 'bytes',
  threshold: { warningBytes: 4 * 1024 ** 3 },
  source: 'practice: a log that grows beyond 4 GiB is not rotated',

  evaluate({ logs: { largestFileBytes, complete } }, { warningBytes }) {
    const violations = above(largestFileBytes, { warning: warningBytes });
    return violations.length === 0 && !complete ? unknown('truncated') : violations;
  },
});
