import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const cpuRequestsMissing = defineCheck({
  id: 'workload-cpu-requests-missing',
  area: 'workload',
  title: { zh: '容器缺少 CPU 请求', en: 'Containers have no CPU request' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod --containers` 了解实际用量；据此设置 requests.cpu，让调度器知道需要多少。',
    en: 'Run `kubectl -n <namespace> top pod --containers` for what they really use; set requests.cpu accordingly, so that the scheduler knows what is needed.',
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
