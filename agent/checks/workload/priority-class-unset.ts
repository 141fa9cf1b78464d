import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const priorityClassUnset = defineCheck({
  id: 'workload-priority-class-unset',
  area: 'workload',
  title: { zh: '平台组件未设置优先级类', en: 'Platform components without a PriorityClass' },
  why: {
    zh: '资源不足时平台组件与普通业务同等对待，可能被抢占或驱逐，影响整个集群。',
    en: 'When resources are short they are treated like any workload and may be preempted or evicted, affecting the whole cluster.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o custom-columns=NAME:.metadata.name,PRIORITY:.spec.priorityClassName` 核对；为关键组件设置 system-cluster-critical 或自建的优先级类。',
    en: 'Run `kubectl -n <namespace> get pods -o custom-columns=NAME:.metadata.name,PRIORITY:.spec.priorityClassName` to check; assign system-cluster-critical or a custom PriorityClass to critical components.',
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
