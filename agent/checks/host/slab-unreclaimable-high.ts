import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const slabUnreclaimableHigh = defineCheck({
  id: 'host-slab-unreclaimable-high',
  area: 'host',
  title: { zh: '内核对象占用内存过多', en: 'Kernel objects use too much memory' },
  why: {
    zh: '内核对象占住的内存收不回来，常见于泄漏，最终会挤垮业务进程。',
    en: 'Memory held by kernel objects cannot be reclaimed; the usual cause is a leak, which eventually starves service processes.',
  },
  remedy: {
    zh: '执行 `slabtop -o -s c | head -20` 找出占用最多的对象；持续增长多为内核或驱动泄漏，请升级内核并安排重启。',
    en: 'Run `slabtop -o -s c | head -20` to find the largest objects; steady growth usually means a kernel or driver leak: upgrade the kernel and schedule a reboot.',
  },
  severity: 'warning',
  reads: ['memory'],
  unit: 'percent',
  threshold: { warningPercent: 15 },
  source: 'practice: kmem leaks of 3.10 and 4.19 kernels show above 15 % of memory',

  evaluate({ memory }, { warningPercent }) {
    if (memory.slabUnreclaimableBytes === undefined) return unknown();
    return above((memory.slabUnreclaimableBytes / memory.totalBytes) * 100, { warning: warningPercent });
  },
});
