import { defineCheck } from '../check.ts';
import { loggedSinceBoot } from '../kernel-events.ts';

export const xfsShutdown = defineCheck({
  id: 'service-xfs-shutdown',
  area: 'service',
  title: { zh: 'XFS 文件系统已自行关闭', en: 'XFS file system shutdown' },
  why: { zh: '该文件系统上的所有读写都失败，直到卸载并修复。', en: 'All its reads and writes fail until it is unmounted and repaired.' },
  remedy: {
    zh: '执行 `journalctl -k | grep "XFS"` 确认设备与原因；腾空节点，卸载后执行 `xfs_repair -n` 检查，先排除磁盘故障再修复。',
    en: 'Run `journalctl -k | grep "XFS"` to identify the device and cause; drain the node, unmount the file system and check it with `xfs_repair -n`; rule out a disk fault before repairing it.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json XfsHasShutdown (permanent); counted since boot, because only a new mount ends it',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedSinceBoot(kernelLog, ['xfs-shutdown'], { critical: criticalCount });
  },
});
