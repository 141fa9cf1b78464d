import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const runtimeClassMissing = defineCheck({
  id: 'workload-runtime-class-missing',
  area: 'workload',
  title: { zh: '引用的运行时类不存在', en: 'Workloads referencing missing RuntimeClasses' },
  why: { zh: '运行时类不存在：新的 Pod 创建会被拒绝，现有副本退出后就不再有。', en: 'New pods are rejected, so existing replicas are not replaced once they exit.' },
  remedy: {
    zh: '执行 `kubectl get runtimeclass` 对比工作负载引用的名称；创建缺失的运行时类或修正名称，否则无法创建新 Pod。',
    en: 'Run `kubectl get runtimeclass` and compare it with the name used by the workload; create the missing class or correct the name, otherwise no new pods can be created.',
  },
  severity: 'critical',
  reads: ['workloads'],
  unit: 'value',
  threshold: {},
  source: 'popeye 307, 407 and 507, k8sgpt: dangling references; critical, because the next restart fails',

  evaluate({ workloads }) {
    if (!workloads.checkedReferences.includes('runtime-class')) return unknown('forbidden');
    return workloads.rows
      .filter((row) => row.missing.includes('runtime-class') && (row.desired > 0 || row.kind === 'CronJob'))
      .map((row) => ({ scope: workloadScope(row), observed: 'runtime-class' }));
  },
});
