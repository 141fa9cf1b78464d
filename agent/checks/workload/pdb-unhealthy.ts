import { defineCheck } from '../check.ts';

export const pdbUnhealthy = defineCheck({
  id: 'workload-pdb-unhealthy',
  area: 'workload',
  title: { zh: '健康的 Pod 少于 PodDisruptionBudget 的要求', en: 'Fewer healthy pods than PodDisruptionBudget requires' },
  why: { zh: '服务的容量已低于要求，节点也因此无法排空。', en: 'Service capacity is already below the required level, and nodes cannot be drained as a result.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pdb <名称>` 与 `kubectl -n <命名空间> get pods` 找出不健康的 Pod 并恢复；恢复前不要排空节点。',
    en: 'Run `kubectl -n <namespace> describe pdb <name>` and `kubectl -n <namespace> get pods` to find the unhealthy pods and restore them; do not drain nodes until then.',
  },
  severity: 'warning',
  reads: ['disruptionBudgets'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubePdbNotEnoughHealthyPods (15 min)',

  evaluate({ disruptionBudgets }, { minimumSeconds }, { now }) {
    return disruptionBudgets.rows
      .filter((row) => row.healthy < row.desired && row.expected > 0 && now - (row.changedAt ?? row.createdAt) >= minimumSeconds)
      .map((row) => ({ scope: { kind: 'PodDisruptionBudget', namespace: row.namespace, name: row.name }, observed: row.healthy, threshold: row.desired }));
  },
});
