import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const btrfsError = defineCheck({
  id: 'service-btrfs-error',
  area: 'service',
  title: { zh: 'Btrfs 文件系统错误', en: 'Btrfs file system errors' },
  why: { zh: '文件系统的数据或元数据已损坏，继续写入会扩大损失。', en: 'Data or metadata is corrupted, and further writes increase the damage.' },
  remedy: {
    zh: '执行 `btrfs device stats <挂载点>` 查看各设备的错误计数；备份数据，在维护窗口执行 scrub，并更换出错的磁盘。',
    en: 'Run `btrfs device stats <mount point>` to check the error counters of each device; back up the data, run a scrub in a maintenance window, and replace the failing disk.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'practice: Btrfs logs "error" and "critical" for checksum, read and transaction failures',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['btrfs-error'], { critical: criticalCount });
  },
});
