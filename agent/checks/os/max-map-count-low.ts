import { defineCheck, notApplicable, unknown } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const maxMapCountLow = defineCheck({
  id: 'os-max-map-count-low',
  area: 'os',
  title: { zh: '内存映射数上限过低', en: 'Too few memory maps per process' },
  remedy: {
    zh: '执行 `sysctl vm.max_map_count` 查看；在 `/etc/sysctl.d/` 中调高该值，否则 Elasticsearch、MongoDB 等会启动失败或在高负载下崩溃。',
    en: 'Run `sysctl vm.max_map_count` to see it; raise it below `/etc/sysctl.d/`, or Elasticsearch, MongoDB and the like fail to start or crash under load.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'count',
  threshold: { minimumCount: 262_144, nodePrograms: ['java', 'mongodb', 'clickhouse'], hostPrograms: ['mongodb'] },
  source: 'KubeEye and the manuals of Elasticsearch and MongoDB: 262144 where they run; on a plain host Java alone says nothing',

  evaluate({ machine, sysctls, processes }, { minimumCount, nodePrograms, hostPrograms }) {
    if (processes.programs === undefined) return unknown('not-visible');
    const wanted = machine.kubernetesNode ? nodePrograms : hostPrograms;
    if (!processes.programs.some((program) => wanted.includes(program))) return notApplicable();
    return sysctlAtLeast(sysctls, 'vm.max_map_count', minimumCount);
  },
});
