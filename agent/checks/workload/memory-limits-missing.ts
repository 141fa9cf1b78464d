import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const memoryLimitsMissing = defineCheck({
  id: 'workload-memory-limits-missing',
  area: 'workload',
  title: { zh: '容器缺少内存限制', en: 'Containers have no memory limit' },
  why: { zh: '内存泄漏会吃光整个节点，别的业务会被一起终止。', en: 'A leak may eat the whole node, and others are killed with it.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod --containers` 了解实际用量；据此设置 limits.memory，防止单个容器的泄漏耗尽整个节点。',
    en: 'Run `kubectl -n <namespace> top pod --containers` for what they really use; set limits.memory, so that a leak in one container cannot take the node down.',
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
