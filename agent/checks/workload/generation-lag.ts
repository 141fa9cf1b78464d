import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const generationLag = defineCheck({
  id: 'workload-generation-lag',
  area: 'workload',
  title: { zh: '控制器未处理最新定义', en: 'Controllers lag behind the definition' },
  why: { zh: '刚做的修改没有被执行，发布、扩容或回滚都停在原地。', en: 'The latest change is not carried out: releases, scaling and roll-backs stand still.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pods -l component=kube-controller-manager` 确认控制器运行正常，再查看其日志中的同步错误。',
    en: 'Run `kubectl -n kube-system get pods -l component=kube-controller-manager` to see that the controller runs, then look for sync errors in its log.',
  },
  severity: 'warning',
  reads: ['workloads'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeDeploymentGenerationMismatch and KubeStatefulSetGenerationMismatch (15 min)',

  evaluate({ workloads }, { minimumSeconds }, { now }) {
    return workloads.rows.filter((row) => row.generationLag && now - row.createdAt >= minimumSeconds).map((row) => ({ scope: workloadScope(row) }));
  },
});
