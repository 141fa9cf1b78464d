import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const claimPending = defineCheck({
  id: 'storage-claim-pending',
  area: 'storage',
  title: { zh: '存储声明长时间未绑定', en: 'PersistentVolumeClaims unbound for a long time' },
  why: { zh: '没有卷可用：使用它的 Pod 停在 Pending，服务少一个副本。', en: 'No volume is available: the pod using it stays Pending, and the service is short of a replica.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>` 查看事件；检查存储驱动的 provisioner 是否运行、后端容量是否充足、是否有匹配的持久卷。',
    en: "Run `kubectl -n <namespace> describe pvc <name>` to see its events; check that the storage driver's provisioner is running, the backend has enough capacity and a matching volume exists.",
  },
  severity: 'warning',
  reads: ['claims'],
  unit: 'minutes',
  threshold: { pendingMinutes: 15 },
  source: 'awesome-prometheus-alerts KubernetesPersistentvolumeclaimPending, popeye POP-1003; practice: 15 min',

  evaluate({ claims }, { pendingMinutes }, { now }) {
    return claims.rows
      .filter((row) => row.problem === 'pending' && row.class !== 'missing' && row.class !== 'no-default' && !row.waitsForConsumer && !isYoung(row, pendingMinutes, now))
      .map(({ namespace, name, createdAt }) => ({
        scope: { kind: 'PersistentVolumeClaim', namespace, name },
        observed: Math.floor((now - createdAt) / 60),
        threshold: pendingMinutes,
      }));
  },
});
