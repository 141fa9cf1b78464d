import { defineCheck, unknown } from '../check.ts';

export const pdbUnmatched = defineCheck({
  id: 'workload-pdb-unmatched',
  area: 'workload',
  title: { zh: 'PodDisruptionBudget 未选中任何 Pod', en: 'PodDisruptionBudgets matching no pods' },
  why: { zh: '以为有保护其实没有：维护时服务可能全部中断。', en: 'The protection exists in name only: maintenance may interrupt the whole service.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pdb <名称> -o jsonpath={.spec.selector}` 并与 Pod 标签对比；修正选择器，工作负载已下线则删除。',
    en: 'Run `kubectl -n <namespace> get pdb <name> -o jsonpath={.spec.selector}` and compare it with the pod labels; correct the selector, or delete the budget if its workload has been retired.',
  },
  severity: 'warning',
  setup: true,
  reads: ['disruptionBudgets'],
  unit: 'seconds',
  threshold: { minimumSeconds: 900 },
  source: 'popeye 900, k8sgpt; not for workloads that are scaled to zero',

  evaluate({ disruptionBudgets }, { minimumSeconds }, { now }) {
    const empty = disruptionBudgets.rows.filter((row) => row.expected === 0 && !row.generationLag && now - row.createdAt >= minimumSeconds);
    if (empty.some(({ idle }) => idle === undefined)) return unknown('forbidden');
    return empty
      .filter(({ idle }) => !idle)
      .map((row) => ({ scope: { kind: 'PodDisruptionBudget', namespace: row.namespace, name: row.name }, observed: now - row.createdAt, threshold: minimumSeconds }));
  },
});
