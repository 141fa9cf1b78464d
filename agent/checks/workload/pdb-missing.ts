import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const pdbMissing = defineCheck({
  id: 'workload-pdb-missing',
  area: 'workload',
  title: { zh: '多副本工作负载没有 PodDisruptionBudget', en: 'Replicated workloads without a PodDisruptionBudget' },
  why: { zh: '维护节点时可能把全部副本同时驱逐，服务中断。', en: 'Node maintenance may evict all replicas at once and interrupt the service.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pdb` 确认；为其新增 PodDisruptionBudget，使节点维护时保留足够的副本。',
    en: 'Run `kubectl -n <namespace> get pdb` to see which exist; add a PodDisruptionBudget so that enough replicas remain during node maintenance.',
  },
  severity: 'info',
  reads: ['workloads'],
  unit: 'count',
  threshold: { replicasCount: 2 },
  source: 'popeye 206, Polaris missingPodDisruptionBudget',

  evaluate({ workloads }, { replicasCount }) {
    const replicated = workloads.rows.filter((row) => (row.kind === 'Deployment' || row.kind === 'StatefulSet') && !row.system && row.desired >= replicasCount);
    if (replicated.some(({ budgets }) => budgets === undefined)) return unknown('forbidden');
    return replicated.filter(({ budgets }) => budgets === 0).map((row) => ({ scope: workloadScope(row), observed: row.desired, threshold: replicasCount }));
  },
});
