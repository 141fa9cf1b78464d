import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const daemonsetMisscheduled = defineCheck({
  id: 'workload-daemonset-misscheduled',
  area: 'workload',
  title: { zh: 'DaemonSet 运行在不该运行的节点上', en: 'DaemonSet pods on nodes where they should not run' },
  why: {
    zh: '这些节点上多跑了不该有的进程，占用资源，也可能采集或改动不该碰的东西。',
    en: 'These nodes run processes they should not, which consume resources and may touch things they should not.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide` 找出这些 Pod，核对 nodeSelector、亲和与新增的污点；确认后删除多余的 Pod。',
    en: 'Run `kubectl -n <namespace> get pods -o wide` to find these pods and check nodeSelector, affinity and recently added taints; delete the surplus pods once confirmed.',
  },
  severity: 'warning',
  reads: ['workloads'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'kubernetes-mixin KubeDaemonSetMisScheduled',

  evaluate({ workloads }, { atLeastCount }) {
    return workloads.rows.filter((row) => row.misscheduled >= atLeastCount).map((row) => ({ scope: workloadScope(row), observed: row.misscheduled, threshold: atLeastCount }));
  },
});
