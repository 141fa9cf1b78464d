import { defineCheck } from '../check.ts';
import { hasLackedReplicas, troubles, workloadScope } from '../workload-rows.ts';

export const daemonsetUnavailable = defineCheck({
  id: 'workload-daemonset-unavailable',
  area: 'workload',
  title: { zh: 'DaemonSet 副本不可用', en: 'Unavailable DaemonSet pods' },
  why: { zh: '部分节点缺少该守护进程：那里的日志、网络或监控功能缺失。', en: 'Nodes without this daemon lack its logging, network or monitoring function.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide` 找出异常 Pod 所在的节点，再用 `kubectl -n <命名空间> logs <Pod>` 查看原因。',
    en: 'Run `kubectl -n <namespace> get pods -o wide` to find the nodes of the failing pods, then `kubectl -n <namespace> logs <pod>` to find the cause.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeDaemonSetRolloutStuck (availability part, 15 min); popeye 501; critical when none is available',

  evaluate({ workloads, pods }, { minimumSeconds }, { now }) {
    const since = troubles(pods.abnormal);
    return workloads.rows
      .filter((row) => row.kind === 'DaemonSet' && row.updated >= row.desired && hasLackedReplicas(row, since, now, minimumSeconds))
      .map((row) => ({ scope: workloadScope(row), observed: row.available, threshold: row.desired, severity: row.available === 0 ? 'critical' : 'warning' }));
  },
});
