import { defineCheck } from '../check.ts';

export const pdbBlocksDrain = defineCheck({
  id: 'workload-pdb-blocks-drain',
  area: 'workload',
  title: { zh: 'PodDisruptionBudget 阻止节点排空', en: 'PodDisruptionBudgets blocking node drains' },
  why: { zh: '节点无法排空：升级、打补丁和维护都会停在这里。', en: 'The node cannot be drained: upgrades, patching and maintenance stop here.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pdb <名称>` 核对；增加副本，或放宽 minAvailable、maxUnavailable，使至少一个 Pod 可以中断。',
    en: 'Run `kubectl -n <namespace> describe pdb <name>` to check its values; add replicas or relax minAvailable or maxUnavailable so that at least one pod can be disrupted.',
  },
  severity: 'warning',
  setup: true,
  reads: ['disruptionBudgets'],
  unit: 'count',
  threshold: { allowedCount: 0 },
  source: 'Polaris pdbDisruptionsIsZero, popeye 901 (documented, never emitted); only while all pods are healthy, else the pods are the problem',

  evaluate({ disruptionBudgets }, { allowedCount }) {
    return disruptionBudgets.rows
      .filter((row) => row.expected > 0 && row.healthy >= row.expected && row.allowed <= allowedCount && !row.generationLag)
      .map((row) => ({ scope: { kind: 'PodDisruptionBudget', namespace: row.namespace, name: row.name }, observed: row.allowed, threshold: allowedCount }));
  },
});
