import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const claimMissing = defineCheck({
  id: 'workload-claim-missing',
  area: 'workload',
  title: { zh: '引用的存储卷声明不存在', en: 'Workloads referencing missing PersistentVolumeClaims' },
  why: {
    zh: '引用的存储声明不存在：Pod 起不来，服务没有副本或少副本。',
    en: 'The referenced claim does not exist: pods cannot start, and the service runs with fewer replicas or none.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pvc` 对比工作负载引用的名称；创建缺失的声明或修正名称，否则新 Pod 无法启动。',
    en: 'Run `kubectl -n <namespace> get pvc` and compare the output with the names used by the workload; create the missing claim or correct the name, otherwise new pods cannot start.',
  },
  severity: 'critical',
  reads: ['workloads'],
  unit: 'value',
  threshold: {},
  source: 'popeye 307, 407 and 507, k8sgpt: dangling references; critical, because the next restart fails',

  evaluate({ workloads }) {
    if (!workloads.checkedReferences.includes('claim')) return unknown('forbidden');
    return workloads.rows
      .filter((row) => row.missing.includes('claim') && (row.desired > 0 || row.kind === 'CronJob'))
      .map((row) => ({ scope: workloadScope(row), observed: 'claim' }));
  },
});
