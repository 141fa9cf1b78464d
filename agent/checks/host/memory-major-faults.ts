import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const memoryMajorFaults = defineCheck({
  id: 'host-memory-major-faults',
  area: 'host',
  title: { zh: '主缺页过于频繁', en: 'Frequent major page faults' },
  why: {
    zh: '程序反复从磁盘取回自己的内存页，内存实际已不够用，响应明显变慢。',
    en: 'Programs repeatedly read their own memory pages back from disk: memory is effectively short, and responses slow down noticeably.',
  },
  remedy: {
    zh: '执行 `sar -B 1 5` 或 `pidstat -r 1 5` 找出缺页最多的进程；多半是内存不足导致程序代码被反复换出，请减少负载或增加内存。',
    en: 'Run `sar -B 1 5` or `pidstat -r 1 5` to find the process with the most faults; usually memory is short and program code is repeatedly evicted: reduce the load or add memory.',
  },
  severity: 'warning',
  reads: ['memory'],
  unit: 'per-second',
  threshold: { warningPerSecond: 500 },
  source: 'node-mixin NodeMemoryMajorPagesFaults (500/s)',

  evaluate({ memory }, { warningPerSecond }) {
    if (memory.majorFaultsPerSecond === undefined) return unknown('no-history');
    return above(memory.majorFaultsPerSecond, { warning: warningPerSecond });
  },
});
