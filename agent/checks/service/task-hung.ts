import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const taskHung = defineCheck({
  id: 'service-task-hung',
  area: 'service',
  title: { zh: '进程长时间阻塞在内核中', en: 'Tasks blocked in the kernel for a long time' },
  why: {
    zh: '依赖它的请求一直等不到结果，多半是存储无响应或内核缺陷。',
    en: 'Requests that depend on these tasks never complete; the usual cause is unresponsive storage or a kernel bug.',
  },
  remedy: {
    zh: "执行 `ps -eo pid,stat,wchan:32,comm | awk '$2 ~ /D/'` 找出不可中断的进程，并用 `iostat -x 1 5` 检查磁盘；排查存储、NFS 与 I/O 压力。",
    en: "Run `ps -eo pid,stat,wchan:32,comm | awk '$2 ~ /D/'` to find uninterruptible tasks and `iostat -x 1 5` to check the disks; investigate storage, NFS and I/O pressure.",
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json TaskHung; any in 24 h',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['task-hung'], { warning: warningCount });
  },
});
