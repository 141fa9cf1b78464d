import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const threadsUsageHigh = defineCheck({
  id: 'host-threads-usage-high',
  area: 'host',
  title: { zh: '线程数接近系统上限', en: 'Thread count close to the system limit' },
  why: { zh: '到达上限后任何程序都不能创建线程，Java 服务会直接报错。', en: 'At the limit no program can create threads, and Java services fail immediately.' },
  remedy: {
    zh: '执行 `sysctl kernel.threads-max` 查看上限；用 `ps -eo nlwp,pid,comm --sort=-nlwp | head` 找出线程最多的进程，修复后再考虑调高上限。',
    en: 'Run `sysctl kernel.threads-max` to check the limit; use `ps -eo nlwp,pid,comm --sort=-nlwp | head` to find the process with the most threads, and fix it before considering a higher limit.',
  },
  severity: 'warning',
  reads: ['processes'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'DCE: 80 and 90 %, as for process numbers',

  evaluate({ processes }, { warningPercent, criticalPercent }) {
    if (processes.threads === undefined || !processes.threadsMax) return unknown();
    return above((processes.threads / processes.threadsMax) * 100, { warning: warningPercent, critical: criticalPercent });
  },
});
