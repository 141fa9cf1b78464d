import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const daemonsetUnscheduled = defineCheck({
  id: 'workload-daemonset-unscheduled',
  area: 'workload',
  title: { zh: 'DaemonSet 有节点未运行', en: 'DaemonSets not running on every node' },
  why: { zh: '缺少它的节点没有日志、监控或网络功能，出问题时看不见。', en: 'Nodes without the daemon lack logging, monitoring or networking, so problems there go unseen.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe daemonset <名称>` 查看事件，并用 `kubectl get nodes` 对比节点的污点与剩余资源。',
    en: 'Run `kubectl -n <namespace> describe daemonset <name>` to see its events, and compare the taints and free resources of the nodes with `kubectl get nodes`.',
  },
  severity: 'warning',
  reads: ['workloads'],
  unit: 'count',
  threshold: { minimumSeconds: 600 },
  source: 'kubernetes-mixin KubeDaemonSetNotScheduled (10 min)',

  evaluate({ workloads }, { minimumSeconds }, { now }) {
    return workloads.rows
      .filter((row) => row.kind === 'DaemonSet' && row.current < row.desired && now - row.createdAt >= minimumSeconds)
      .map((row) => ({ scope: workloadScope(row), observed: row.current, threshold: row.desired }));
  },
});
