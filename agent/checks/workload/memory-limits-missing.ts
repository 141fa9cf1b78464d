import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const memoryLimitsMissing = defineCheck({
  id: 'workload-memory-limits-missing',
  area: 'workload',
  title: { zh: '容器缺少内存限制', en: 'Containers without a memory limit' },
  why: { zh: '内存泄漏会吃光整个节点，别的业务会被一起终止。', en: 'A memory leak can exhaust the node and get other workloads killed.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod --containers` 了解实际用量；据此设置 limits.memory，防止单个容器的泄漏耗尽整个节点。',
    en: 'Run `kubectl -n <namespace> top pod --containers` to see actual usage; set limits.memory accordingly, so that a leak in one container cannot exhaust the whole node.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 107, KubeEye NoMemoryLimits, Polaris memoryLimitsMissing',

  evaluate(sections) {
    return inTemplates(sections, ({ noMemoryLimit }) => noMemoryLimit);
  },
});
