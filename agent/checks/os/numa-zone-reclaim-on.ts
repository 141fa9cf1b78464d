import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const numaZoneReclaimOn = defineCheck({
  id: 'os-numa-zone-reclaim-on',
  area: 'os',
  title: { zh: '开启了 NUMA 区域回收', en: 'NUMA zone reclaim enabled' },
  why: {
    zh: '内存尚有余量也会就地回收缓存，数据库因此反复读盘、时延抖动。',
    en: 'Caches are reclaimed locally even though memory is still free, so databases keep rereading from disk and latency fluctuates.',
  },
  remedy: {
    zh: '执行 `sysctl vm.zone_reclaim_mode` 查看当前值；在 `/etc/sysctl.d/` 中设为 0：开启时内核宁可回收本节点缓存也不用其他节点的空闲内存，数据库与文件缓存会变慢。',
    en: 'Run `sysctl vm.zone_reclaim_mode` to check the current value; set it to 0 in `/etc/sysctl.d/`. When it is enabled, the kernel reclaims caches on the local NUMA node rather than use free memory on other nodes, which slows down databases and file caches.',
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
