import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const uninterruptibleMany = defineCheck({
  id: 'host-uninterruptible-many',
  area: 'host',
  title: { zh: '不可中断睡眠的进程过多', en: 'Too many processes in uninterruptible sleep' },
  why: {
    zh: '进程卡在存储或驱动上，杀不掉也等不回来，多半是磁盘或网络存储已无响应。',
    en: 'Processes are stuck in storage or a driver and cannot be killed; most likely a disk or network storage has stopped responding.',
  },
  remedy: {
    zh: '执行 `ps -eo stat,pid,wchan:32,comm | grep ^D` 查看卡在何处；多为 NFS、磁盘或驱动无响应，先恢复存储，必要时重启节点。',
    en: 'Run `ps -eo stat,pid,wchan:32,comm | grep ^D` to see where they are stuck; usually NFS, a disk or a driver is not responding. Restore storage first, and reboot the node if necessary.',
  },
  severity: 'warning',
  reads: ['processes'],
  unit: 'count',
  threshold: { warningCount: 10, criticalCount: 50 },
  source: 'practice beside node-problem-detector TaskHung: ten processes at once are no longer normal waiting',

  evaluate({ processes }, { warningCount, criticalCount }) {
    if (processes.uninterruptible === undefined) return unknown('not-visible');
    return above(processes.uninterruptible, { warning: warningCount, critical: criticalCount });
  },
});
