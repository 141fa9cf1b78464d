import { defineCheck } from '../check.ts';
import { byOwner, isOfJob } from '../pod-rows.ts';

export const unschedulable = defineCheck({
  id: 'pod-unschedulable',
  area: 'pod',
  title: { zh: 'Pod 长时间无法调度', en: 'Pods unschedulable for a long time' },
  why: {
    zh: '调度器没有为该 Pod 找到节点（资源、污点、亲和或存储卷不满足）：扩容、发布或故障迁移停在这里，业务少一个副本。',
    en: 'The scheduler has found no node for the pod (resources, taints, affinity or volumes do not fit): scaling, rollout or failover stops here, and the service is short of a replica.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看调度器的说明，再用 `kubectl describe nodes` 对比可分配资源与污点；按原因扩容节点、下调请求、补充存储卷或修正亲和与容忍。',
    en: "Run `kubectl -n <namespace> describe pod <pod>` to see the scheduler's message and `kubectl describe nodes` to compare allocatable resources and taints; add nodes, lower requests, provide the volume, or correct affinity and tolerations accordingly.",
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'value',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubePodNotReady (Pending 15 min); popeye 207',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const waits = row.phase === 'Pending' && row.scheduledAt === undefined && !row.gated && row.deletedAt === undefined;
      if (!waits || now - row.createdAt < minimumSeconds) return undefined;
      return { observed: row.unschedulable ?? 'other', severity: isOfJob(row) ? 'info' : 'warning' }; // batch work may queue
    });
  },
});
