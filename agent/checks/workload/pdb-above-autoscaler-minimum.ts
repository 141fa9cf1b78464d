import { defineCheck, unknown } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const pdbAboveAutoscalerMinimum = defineCheck({
  id: 'workload-pdb-above-autoscaler-minimum',
  area: 'workload',
  title: { zh: 'PodDisruptionBudget 的要求不低于 HPA 最小副本数', en: 'PodDisruptionBudget at or above the HPA minimum' },
  why: { zh: '副本缩到最小时一个 Pod 也不许驱逐，节点维护与升级会被卡住。', en: 'At the minimum replica count no pod may be evicted, which blocks node maintenance and upgrades.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pdb,hpa` 对比 minAvailable 与 minReplicas；提高 minReplicas 或降低 minAvailable，否则缩容后节点无法排空。',
    en: 'Run `kubectl -n <namespace> get pdb,hpa` and compare minAvailable with minReplicas; raise minReplicas or lower minAvailable, otherwise nodes cannot be drained after a scale-down.',
  },
  severity: 'warning',
  setup: true,
  reads: ['workloads'],
  unit: 'count',
  threshold: {},
  source: 'Polaris pdbMinAvailableGreaterThanHPAMinReplicas',

  evaluate({ workloads }) {
    const replicated = workloads.rows.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
    if (replicated.some(({ budgets, autoscaled }) => budgets === undefined || autoscaled === undefined)) return unknown('forbidden');
    return replicated.flatMap((row) =>
      row.budgetMinimum !== undefined && row.autoscalerMinimum !== undefined && row.budgetMinimum >= row.autoscalerMinimum
        ? [{ scope: workloadScope(row), observed: row.budgetMinimum, threshold: row.autoscalerMinimum }]
        : [],
    );
  },
});
