import { defineCheck } from '../check.ts';
import { hasLackedReplicas, troubles, workloadScope } from '../workload-rows.ts';

export const replicasUnavailable = defineCheck({
  id: 'workload-replicas-unavailable',
  area: 'workload',
  title: { zh: '可用副本不足', en: 'Insufficient available replicas' },
  why: {
    zh: '可用副本少于期望：剩余的副本承担全部请求，高峰或再一次故障会使服务中断；一个不剩时服务已经中断。',
    en: 'Fewer replicas are available than desired: those that remain carry all requests, and a load peak or another failure may take the service down; with none left it is down already.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide` 找出未就绪或缺失的 Pod，再用 `kubectl -n <命名空间> describe` 查看原因；按原因恢复，再考虑回滚。',
    en: 'Run `kubectl -n <namespace> get pods -o wide` to find pods that are missing or not ready, then `kubectl -n <namespace> describe` to find the cause; fix the cause first, then consider rolling back.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeDeploymentReplicasMismatch and KubeStatefulSetReplicasMismatch (15 min); popeye 501; critical when nothing is available',

  evaluate({ workloads, pods }, { minimumSeconds }, { now }) {
    const since = troubles(pods.abnormal);
    return workloads.rows
      .filter((row) => (row.kind === 'Deployment' || row.kind === 'StatefulSet') && hasLackedReplicas(row, since, now, minimumSeconds))
      .map((row) => ({ scope: workloadScope(row), observed: row.available, threshold: row.desired, severity: row.available === 0 ? 'critical' : 'warning' }));
  },
});
