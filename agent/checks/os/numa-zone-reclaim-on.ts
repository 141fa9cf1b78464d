import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const numaZoneReclaimOn = defineCheck({
  id: 'os-numa-zone-reclaim-on',
  area: 'os',
  title: { zh: '开启了 NUMA 区域回收', en: 'NUMA zone reclaim on' },
  why: {
    zh: '内存尚有余量也会就地回收缓存，数据库因此反复读盘、时延抖动。',
    en: 'Caches are dropped while memory is free elsewhere; databases read from disk again and answer unevenly.',
  },
  remedy: {
    zh: '执行 `sysctl vm.zone_reclaim_mode` 查看当前值；在 `/etc/sysctl.d/` 中设为 0：开启时内核宁可回收本节点缓存也不用其他节点的空闲内存，数据库与文件缓存会变慢。',
    en: 'Run `sysctl vm.zone_reclaim_mode` to see the value; set it to 0 below `/etc/sysctl.d/`: with it the kernel rather drops caches of the own NUMA node than use free memory of another, which slows databases and file caches.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'kernel documentation (vm.rst): 0 for database and file servers',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'vm.zone_reclaim_mode', expectedValue);
  },
});
