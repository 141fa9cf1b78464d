import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const ext4Error = defineCheck({
  id: 'service-ext4-error',
  area: 'service',
  title: { zh: 'ext4 文件系统错误', en: 'ext4 file system errors' },
  why: {
    zh: '文件系统结构已损坏，可能丢文件，也可能随时变为只读。',
    en: 'File system structures are corrupted: files may be lost, and the file system may become read-only at any time.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep "EXT4-fs error"` 确认设备，并备份数据；腾空节点后卸载该文件系统，执行 `fsck -n` 检查，再决定修复或更换磁盘。',
    en: 'Run `journalctl -k --since -24h | grep "EXT4-fs error"` to identify the device, and back up the data; drain the node, unmount the file system and check it with `fsck -n`, then decide whether to repair it or replace the disk.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json Ext4Error; any in 24 h',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['ext4-error'], { critical: criticalCount });
  },
});
