import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const priorityClassMissing = defineCheck({
  id: 'workload-priority-class-missing',
  area: 'workload',
  title: { zh: '引用的优先级类不存在', en: 'Workloads referencing missing PriorityClasses' },
  why: { zh: '优先级类不存在：新的 Pod 创建会被拒绝，现有副本退出后就不再有。', en: 'New pods are rejected, so existing replicas are not replaced once they exit.' },
  remedy: {
    zh: '执行 `kubectl get priorityclass` 对比工作负载引用的名称；创建缺失的优先级类或修正名称，否则无法创建新 Pod。',
    en: 'Run `kubectl get priorityclass` and compare it with the name used by the workload; create the missing class or correct the name, otherwise no new pods can be created.',
  },
  severity: 'critical',
  reads: ['workloads'],
  unit: 'value',
  threshold: {},
  source: 'popeye 307, 407 and 507, k8sgpt: dangling references; critical, because the next restart fails',

  evaluate({ workloads }) {
    if (!workloads.checkedReferences.includes('priority-class')) return unknown('forbidden');
    return workloads.rows
      .filter((row) => row.missing.includes('priority-class') && (row.desired > 0 || row.kind === 'CronJob'))
      .map((row) => ({ scope: workloadScope(row), observed: 'priority-class' }));
  },
});
