import { defineCheck } from '../check.ts';
import { hasLackedReplicas, troubles, workloadScope } from '../workload-rows.ts';

export const daemonsetRolloutStuck = defineCheck({
  id: 'workload-daemonset-rollout-stuck',
  area: 'workload',
  title: { zh: 'DaemonSet 滚动更新停滞', en: 'Stalled DaemonSet rollouts' },
  why: {
    zh: '部分节点停在旧版本：日志、网络或安全组件在各节点上不一致。',
    en: 'Some nodes remain on the old version: logging, network or security components differ from node to node.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> rollout status daemonset/<名称> --timeout=5s` 查看停在哪个节点；修复该节点上的 Pod，或执行回滚。',
    en: 'Run `kubectl -n <namespace> rollout status daemonset/<name> --timeout=5s` to see which node it stalled on; repair the pod there or roll back.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeDaemonSetRolloutStuck (15 min)',

  evaluate({ workloads, pods }, { minimumSeconds }, { now }) {
    const since = troubles(pods.abnormal);
    return workloads.rows
      .filter((row) => row.kind === 'DaemonSet' && row.strategy === 'RollingUpdate' && row.updated < row.desired && hasLackedReplicas(row, since, now, minimumSeconds))
      .map((row) => ({ scope: workloadScope(row), observed: row.updated, threshold: row.desired }));
  },
});
