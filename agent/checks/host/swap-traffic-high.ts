import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const swapTrafficHigh = defineCheck({
  id: 'host-swap-traffic-high',
  area: 'host',
  title: { zh: '持续换入换出', en: 'Continuous swapping' },
  why: {
    zh: '内存已经不够，程序在等磁盘：响应慢几个数量级，健康检查可能失败。',
    en: 'Memory is short and programs are waiting for disk: responses are orders of magnitude slower, and health checks may fail.',
  },
  remedy: {
    zh: '执行 `vmstat 1 5` 查看 si、so 列；找出常驻内存最大的进程并限制，或增加内存。',
    en: 'Run `vmstat 1 5` and check the si and so columns; find and limit the processes with the most resident memory, or add memory.',
  },
  severity: 'warning',
  reads: ['memory'],
  unit: 'per-second',
  threshold: { warningPerSecond: 500 },
  source: 'practice: 500 pages (2 MB) a second are felt as stalls, the rate that node-mixin takes for major faults',

  evaluate({ memory }, { warningPerSecond }) {
    if (memory.swapTotalBytes === 0) return notApplicable('not-present');
    if (memory.swapPagesPerSecond === undefined) return unknown('no-history');
    return above(memory.swapPagesPerSecond, { warning: warningPerSecond });
  },
});
