import { defineCheck } from '../check.ts';
import { loggedSinceBoot } from '../kernel-events.ts';

export const remountedReadOnly = defineCheck({
  id: 'service-remounted-read-only',
  area: 'service',
  title: { zh: '文件系统因错误变为只读', en: 'File system read-only after an error' },
  why: {
    zh: '所有写操作失败：数据库和日志停止，Pod 报错，多半是磁盘损坏。',
    en: 'All writes fail: databases and logs stop and pods report errors. The most likely cause is a damaged disk.',
  },
  remedy: {
    zh: '执行 `grep " ro[ ,]" /proc/mounts` 找出只读的文件系统；腾空节点，检查磁盘后修复文件系统并重新挂载。',
    en: 'Run `grep " ro[ ,]" /proc/mounts` to find the read-only file system; drain the node, check the disk, then repair and remount the file system.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/readonly-monitor.json ReadonlyFilesystem',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedSinceBoot(kernelLog, ['remount-read-only', 'journal-aborted'], { critical: criticalCount });
  },
});
