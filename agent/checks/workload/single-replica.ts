import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const singleReplica = defineCheck({
  id: 'workload-single-replica',
  area: 'workload',
  title: { zh: '工作负载只有一个副本', en: 'Workloads with a single replica' },
  why: { zh: '节点故障、驱逐或发布时服务中断，没有副本接替。', en: 'A node failure, eviction or rollout interrupts it; no replica takes over.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment,statefulset` 核对；应用支持时增加到两个以上副本，并配置打散与 PodDisruptionBudget。',
    en: 'Run `kubectl -n <namespace> get deployment,statefulset` to check; if the application supports it, run two or more replicas, spread them across nodes and add a PodDisruptionBudget.',
  },
  severity: 'info',
  setup: true,
  reads: ['workloads'],
  unit: 'count',
  threshold: { replicasCount: 1 },
  source: 'Polaris deploymentMissingReplicas, popeye 1109; a warning for workloads that carry a priority class, which says that somebody depends on them',

  evaluate({ workloads }, { replicasCount }) {
    return workloads.rows
      .filter((row) => (row.kind === 'Deployment' || row.kind === 'StatefulSet') && !row.system && row.desired > 0 && row.desired <= replicasCount)
      .map((row) => ({ scope: workloadScope(row), observed: row.desired, threshold: replicasCount, severity: row.priorityClassSet ? 'warning' : 'info' }));
  },
});
