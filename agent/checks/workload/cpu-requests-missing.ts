import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const cpuRequestsMissing = defineCheck({
  id: 'workload-cpu-requests-missing',
  area: 'workload',
  title: { zh: '容器缺少 CPU 请求', en: 'Containers without a CPU request' },
  why: {
    zh: '调度器不知道它要多少，会把节点塞满；争用时它也最先得不到处理器。',
    en: 'The scheduler cannot tell how much CPU it needs and overcommits nodes; under contention it is starved first.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod --containers` 了解实际用量；据此设置 requests.cpu，让调度器知道需要多少。',
    en: 'Run `kubectl -n <namespace> top pod --containers` to see actual usage; set requests.cpu accordingly so that the scheduler knows how much is needed.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 106, KubeEye NoCPURequests, Polaris cpuRequestsMissing',

  evaluate(sections) {
    return inTemplates(sections, ({ noCpuRequest }) => noCpuRequest);
  },
});
