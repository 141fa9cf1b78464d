import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const segfaultStorm = defineCheck({
  id: 'service-segfault-storm',
  area: 'service',
  title: { zh: '进程频繁段错误', en: 'Frequent segmentation faults' },
  why: {
    zh: '程序反复崩溃，服务时断时续，可能是缺陷、内存损坏，也可能是有人在试探漏洞。',
    en: 'Repeated crashes make services intermittent; the cause may be a bug, faulty memory or someone probing for a vulnerability.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep segfault` 找出崩溃的程序；查看其核心转储与最近的变更，多个程序都崩溃时检查内存硬件。',
    en: 'Run `journalctl -k --since -24h | grep segfault` to find the programs that crashed; review their core dumps and recent changes, and check the memory hardware if several programs crash.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 10 },
  source: 'practice: one crash is a program, ten in a day are a loop or broken memory',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['segfault'], { warning: warningCount });
  },
});
