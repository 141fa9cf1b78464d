import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const diskIoError = defineCheck({
  id: 'service-disk-io-error',
  area: 'service',
  title: { zh: '磁盘读写错误', en: 'Disk read or write errors' },
  why: {
    zh: '读写已经失败：数据可能丢失，文件系统随时会变为只读。',
    en: 'Reads or writes have already failed: data may be lost, and the file system may become read-only at any time.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep "I/O error"` 确认磁盘，再用 `smartctl -a <设备>` 查看健康状况；备份数据并更换故障磁盘或链路。',
    en: 'Run `journalctl -k --since -24h | grep "I/O error"` to identify the disk, then `smartctl -a <device>` to check its health; back up the data and replace the faulty disk or link.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json IOError; any in 24 h',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['io-error'], { critical: criticalCount });
  },
});
