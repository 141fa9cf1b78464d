import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const hugePagesIdle = defineCheck({
  id: 'host-huge-pages-idle',
  area: 'host',
  title: { zh: '预留的大页无人使用', en: 'Reserved huge pages not in use' },
  why: { zh: '预留的内存别的程序用不了，等于白白少了这部分内存。', en: 'Other programs cannot use the reserved memory, so it is simply lost to the host.' },
  remedy: {
    zh: '执行 `grep HugePages_ /proc/meminfo` 查看；确认没有数据库或 DPDK 依赖后，在 `/etc/sysctl.d/` 中调低 `vm.nr_hugepages` 释放内存。',
    en: 'Run `grep HugePages_ /proc/meminfo` to check; once you have confirmed that no database or DPDK program needs them, lower `vm.nr_hugepages` in `/etc/sysctl.d/` to release the memory.',
  },
  severity: 'info',
  setup: true,
  reads: ['memory'],
  unit: 'percent',
  threshold: { infoPercent: 5 },
  source: 'practice: idle huge pages are lost to everyone else; 5 % of memory is worth a look',

  evaluate({ memory }, { infoPercent }) {
    if (memory.hugePages === undefined || memory.hugePagesFree === undefined || memory.hugePageBytes === undefined) return unknown();
    if (memory.hugePages === 0) return notApplicable();
    if (memory.hugePagesFree < memory.hugePages) return [];
    return above(((memory.hugePages * memory.hugePageBytes) / memory.totalBytes) * 100, { info: infoPercent });
  },
});
