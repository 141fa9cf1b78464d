import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const diskBadBlock = defineCheck({
  id: 'service-disk-bad-block',
  area: 'service',
  title: { zh: '磁盘存在坏块', en: 'Bad blocks on a disk' },
  why: { zh: '坏块上的数据已读不出来，磁盘可能很快整体失效。', en: 'Data in the bad blocks can no longer be read, and the whole disk may fail soon.' },
  remedy: {
    zh: '执行 `smartctl -A <设备>` 查看重映射与待处理扇区数；备份数据，尽快更换该磁盘。',
    en: 'Run `smartctl -A <device>` to check reallocated and pending sectors; back up the data and replace the disk as soon as possible.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/disk-log-message-filelog.json DiskBadBlock; here from the medium errors that the kernel itself logs',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['medium-error'], { critical: criticalCount });
  },
});
