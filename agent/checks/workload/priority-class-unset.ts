import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const priorityClassUnset = defineCheck({
  id: 'workload-priority-class-unset',
  area: 'workload',
  title: { zh: '平台组件未设置优先级类', en: 'Platform components have no priority class' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o custom-columns=NAME:.metadata.name,PRIORITY:.spec.priorityClassName` 核对；为关键组件设置 system-cluster-critical 或自建的优先级类。',
    en: 'Run `kubectl -n <namespace> get pods -o custom-columns=NAME:.metadata.name,PRIORITY:.spec.priorityClassName` to see them; give the important ones system-cluster-critical or a class of your own.',
  },
  severity: 'info',
  reads: ['workloads'],
  unit: 'count',
  threshold: {},
  source: "KubeEye NoPriorityClassName, Polaris priorityClassNotSet; only for the platform's own namespaces, where pre-emption harms everybody",

  evaluate({ workloads }) {
    return workloads.rows.filter((row) => row.system && row.kind !== 'CronJob' && row.desired > 0 && !row.priorityClassSet).map((row) => ({ scope: workloadScope(row) }));
  },
});
