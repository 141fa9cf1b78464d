import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const cpuLimitsMissing = defineCheck({
  id: 'workload-cpu-limits-missing',
  area: 'workload',
  title: { zh: '容器缺少 CPU 限制', en: 'Containers without a CPU limit' },
  why: { zh: '一个失控的容器可以占满节点的处理器，邻居跟着变慢。', en: 'A runaway container can use all the CPU of its node and slow down its neighbours.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod --containers` 了解实际用量；多租户节点上建议设置 limits.cpu；对延迟敏感的应用可以只设请求。',
    en: 'Run `kubectl -n <namespace> top pod --containers` to see actual usage; setting limits.cpu is advisable on multi-tenant nodes; latency-sensitive applications may set requests only.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 107, KubeEye NoCPULimits, Polaris cpuLimitsMissing; info, because throttling can hurt more',

  evaluate(sections) {
    return inTemplates(sections, ({ noCpuLimit }) => noCpuLimit);
  },
});
