import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const generationLag = defineCheck({
  id: 'workload-generation-lag',
  area: 'workload',
  title: { zh: '控制器未处理最新定义', en: 'Latest specification not processed by the controller' },
  why: { zh: '刚做的修改没有被执行，发布、扩容或回滚都停在原地。', en: 'The latest change has not been carried out: rollouts, scaling and rollbacks are stalled.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pods -l component=kube-controller-manager` 确认控制器运行正常，再查看其日志中的同步错误。',
    en: 'Run `kubectl -n kube-system get pods -l component=kube-controller-manager` to confirm that the controller is running, then check its log for sync errors.',
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
