import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const volumePending = defineCheck({
  id: 'storage-volume-pending',
  area: 'storage',
  title: { zh: '持久卷停留在待定状态', en: 'PersistentVolumes stuck in Pending phase' },
  why: { zh: '卷一直不可用：等它的声明和 Pod 都无法继续。', en: 'The volume does not become available: the claim and the pod waiting for it cannot proceed.' },
  remedy: {
    zh: '执行 `kubectl describe pv <名称>` 与 `kubectl -n kube-system get pods` 检查 kube-controller-manager；修正卷的配置后重建对象。',
    en: 'Run `kubectl describe pv <name>` and check kube-controller-manager with `kubectl -n kube-system get pods`; correct the volume configuration and recreate the object.',
  },
  severity: 'critical',
  reads: ['volumes'],
  unit: 'minutes',
  threshold: { pendingMinutes: 5 },
  source: 'kubernetes-mixin KubePersistentVolumeErrors (Failed or Pending 5 min, critical); popeye POP-1001',

  evaluate({ volumes }, { pendingMinutes }, { now }) {
    return volumes.rows
      .filter((row) => row.phase === 'Pending' && !isYoung(row, pendingMinutes, now))
      .map(({ name, createdAt }) => ({ scope: { kind: 'PersistentVolume', name }, observed: Math.floor((now - createdAt) / 60), threshold: pendingMinutes }));
  },
});
