import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const serviceAccountMissing = defineCheck({
  id: 'workload-service-account-missing',
  area: 'workload',
  title: { zh: '引用的服务账号不存在', en: 'Workloads referencing missing service accounts' },
  why: { zh: '服务账号不存在：新的 Pod 创建会被拒绝，下一次重建就会失败。', en: 'New pods are rejected: the next re-creation of a pod will fail.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get serviceaccount` 对比工作负载引用的名称；创建缺失的账号或修正名称，否则无法创建新 Pod。',
    en: 'Run `kubectl -n <namespace> get serviceaccount` and compare it with the name used by the workload; create the missing account or correct the name, otherwise no new pods can be created.',
  },
  severity: 'critical',
  reads: ['workloads'],
  unit: 'value',
  threshold: {},
  source: 'popeye 307, 407 and 507, k8sgpt: dangling references; critical, because the next restart fails',

  evaluate({ workloads }) {
    if (!workloads.checkedReferences.includes('service-account')) return unknown('forbidden');
    return workloads.rows
      .filter((row) => row.missing.includes('service-account') && (row.desired > 0 || row.kind === 'CronJob'))
      .map((row) => ({ scope: workloadScope(row), observed: 'service-account' }));
  },
});
