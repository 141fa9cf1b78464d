import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const memoryRequestsMissing = defineCheck({
  id: 'workload-memory-requests-missing',
  area: 'workload',
  title: { zh: '容器缺少内存请求', en: 'Containers without a memory request' },
  why: { zh: '节点会被塞得过满，内存紧张时它最先被驱逐。', en: 'Nodes become overcommitted, and the pod is evicted first when memory runs short.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod --containers` 了解实际用量；据此设置 requests.memory；没有请求的 Pod 在节点内存紧张时最先被驱逐。',
    en: 'Run `kubectl -n <namespace> top pod --containers` to see actual usage; set requests.memory accordingly: pods without a request are evicted first when a node runs short of memory.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 106, KubeEye NoMemoryRequests, Polaris memoryRequestsMissing',

  evaluate(sections) {
    return inTemplates(sections, ({ noMemoryRequest }) => noMemoryRequest);
  },
});
