import { defineCheck } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const maxMapCountLow = defineCheck({
  id: 'os-max-map-count-low',
  area: 'os',
  title: { zh: '内存映射数上限过低', en: 'Memory map limit too low' },
  why: {
    zh: 'Elasticsearch 等拒绝启动，大内存的 Java 或数据库进程会突然崩溃。',
    en: 'Elasticsearch and similar software refuses to start, and large Java or database processes may crash without warning.',
  },
  remedy: {
    zh: '执行 `sysctl vm.max_map_count` 查看；在 `/etc/sysctl.d/` 中调高该值，否则 Elasticsearch、MongoDB 等会启动失败或在高负载下崩溃。',
    en: 'Run `sysctl vm.max_map_count` to check the current value; raise it in `/etc/sysctl.d/`, otherwise Elasticsearch, MongoDB and similar software may fail to start or crash under high load.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'count',
  threshold: { ...profileThreshold('vm.max_map_count', 'Count') },
  source: 'the profiles of the roles: Elasticsearch and MongoDB, 262144 where they run',

  evaluate(sections, threshold) {
    return judgeProfiledSysctl(sections, { parameter: 'vm.max_map_count', unit: 'Count', threshold });
  },
});
