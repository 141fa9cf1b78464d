import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const pdbOverlapping = defineCheck({
  id: 'workload-pdb-overlapping',
  area: 'workload',
  title: { zh: '同一工作负载被多个 PodDisruptionBudget 选中', en: 'Workloads selected by several PodDisruptionBudgets' },
  why: { zh: '这些 Pod 无法被驱逐，节点维护会卡住并报错。', en: 'These pods cannot be evicted, so node drains hang and report errors.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pdb -o wide` 核对选择器；只保留一个，否则驱逐接口会直接报错，节点无法排空。',
    en: 'Run `kubectl -n <namespace> get pdb -o wide` to compare the selectors; keep only one: the eviction API rejects pods matched by several, so their nodes cannot be drained.',
  },
  severity: 'warning',
  setup: true,
  reads: ['workloads'],
  unit: 'count',
  threshold: { budgetsCount: 2 },
  source: 'popeye 209; the eviction API answers with an error for such pods',

  evaluate({ workloads }, { budgetsCount }) {
    if (workloads.rows.some((row) => row.budgets === undefined && (row.kind === 'Deployment' || row.kind === 'StatefulSet'))) return unknown('forbidden');
    return workloads.rows.filter(({ budgets = 0 }) => budgets >= budgetsCount).map((row) => ({ scope: workloadScope(row), observed: row.budgets, threshold: budgetsCount }));
  },
});
