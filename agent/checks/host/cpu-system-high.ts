import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const cpuSystemHigh = defineCheck({
  id: 'host-cpu-system-high',
  area: 'host',
  title: { zh: '内核态处理器时间过高', en: 'High kernel-mode CPU time' },
  why: {
    zh: '大量算力耗在内核里，多半是网络中断、锁争用或内存回收，业务可用的算力变少。',
    en: 'Much of the CPU time is spent in the kernel, mostly on network interrupts, lock contention or memory reclaim, leaving less for services.',
  },
  remedy: {
    zh: '执行 `perf top` 或 `pidstat -u 1 5` 找出系统调用最多的进程；检查网络中断、内存回收与大量短进程。',
    en: 'Run `perf top` or `pidstat -u 1 5` to find the process making the most system calls; check network interrupts, memory reclaim and large numbers of short-lived processes.',
  },
  severity: 'info',
  reads: ['cpu'],
  unit: 'percent',
  threshold: { infoPercent: 40 },
  source: 'practice: more than 40 % in the kernel is contention, reclaim or interrupts, seldom work',

  evaluate({ cpu }, { infoPercent }) {
    if (cpu.systemPercent === undefined) return unknown('no-history');
    return above(cpu.systemPercent, { info: infoPercent });
  },
});
