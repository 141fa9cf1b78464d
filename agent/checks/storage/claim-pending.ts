import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const claimPending = defineCheck({
  id: 'storage-claim-pending',
  area: 'storage',
  title: { zh: '存储声明长时间未绑定', en: 'Claim that stays unbound' },
  why: { zh: '没有卷可用：使用它的 Pod 停在 Pending，服务少一个副本。', en: 'There is no volume for it: its pod stays in Pending, and the service lacks a replica.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>` 查看事件；检查存储驱动的 provisioner 是否运行、后端容量是否充足、是否有匹配的持久卷。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>` for its events; check that the provisioner runs, the backend has space and a matching volume exists.',
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
