import { defineCheck } from '../check.ts';
import { workloadScope } from '../workload-rows.ts';

export const scaledToZero = defineCheck({
  id: 'workload-scaled-to-zero',
  area: 'workload',
  title: { zh: '工作负载长期副本数为零', en: 'Workloads scaled to zero for a long time' },
  why: {
    zh: '它的服务、卷和凭据仍占着资源；也可能是排障时停掉后忘了恢复。',
    en: 'Its Services, volumes and credentials still tie up resources, or it was stopped and never restarted.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> rollout history deployment/<名称>` 了解来历；确认不再使用后删除，连同其 Service 与存储卷声明。',
    en: 'Run `kubectl -n <namespace> rollout history deployment/<name>` to review its history; once confirmed unused, delete it together with its Service and PersistentVolumeClaims.',
  },
  severity: 'info',
  setup: true,
  reads: ['workloads'],
  unit: 'seconds',
  threshold: { olderThanSeconds: 604_800 },
  source: 'popeye 500, k8sgpt; 7 days by practice: shorter is maintenance',

  evaluate({ workloads }, { olderThanSeconds }, { now }) {
    return workloads.rows.flatMap((row) => {
      if ((row.kind !== 'Deployment' && row.kind !== 'StatefulSet') || row.desired > 0 || row.current > 0 || row.autoscaled === true) return [];
      const seconds = now - (row.rolloutChangedAt ?? row.createdAt);
      return seconds >= olderThanSeconds ? [{ scope: workloadScope(row), observed: seconds, threshold: olderThanSeconds }] : [];
    });
  },
});
