import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const memoryPressureHigh = defineCheck({
  id: 'host-memory-pressure-high',
  area: 'host',
  title: { zh: '内存争用', en: 'Memory contention' },
  why: { zh: '进程因等待内存回收而停顿，时延升高，往往是内存耗尽的前兆。', en: 'Processes stall during memory reclaim and latency rises, often before memory runs out.' },
  remedy: {
    zh: '执行 `cat /proc/pressure/memory` 与 `ps aux --sort=-rss | head` 查看；限制占用最大的进程、迁移 Pod 或增加内存。',
    en: 'Run `cat /proc/pressure/memory` and `ps aux --sort=-rss | head` to check; limit the largest processes, move pods elsewhere or add memory.',
  },
  severity: 'warning',
  reads: ['pressure'],
  unit: 'percent',
  threshold: { warningPercent: 10, criticalPercent: 40 },
  source: 'practice after systemd-oomd (60 % over 30 s before it kills): five-minute share of time stalled, 10 % felt, 40 % thrashing',

  evaluate({ pressure }, { warningPercent, criticalPercent }) {
    if (pressure.memoryFull300Percent === undefined) return unknown();
    return above(pressure.memoryFull300Percent, { warning: warningPercent, critical: criticalPercent });
  },
});
