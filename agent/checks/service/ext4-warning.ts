import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const ext4Warning = defineCheck({
  id: 'service-ext4-warning',
  area: 'service',
  title: { zh: 'ext4 文件系统警告', en: 'ext4 file system warnings' },
  why: { zh: '文件系统出现异常迹象，不处理可能发展为数据损坏。', en: 'The file system shows signs of a problem that may lead to data corruption.' },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep "EXT4-fs warning"` 查看设备与原因；安排维护窗口检查该文件系统。',
    en: 'Run `journalctl -k --since -24h | grep "EXT4-fs warning"` to find the device and the cause; schedule a maintenance window to check the file system.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json Ext4Warning; any in 24 h',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['ext4-warning'], { warning: warningCount });
  },
});
