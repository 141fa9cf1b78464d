import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const claimClassMissing = defineCheck({
  id: 'storage-claim-class-missing',
  area: 'storage',
  title: { zh: '存储声明指定的存储类不存在', en: 'PersistentVolumeClaims with a missing StorageClass' },
  why: {
    zh: '存储类不存在，卷永远创建不出来：等它的 Pod 一直不会启动。',
    en: 'The storage class does not exist, so the volume is never created: the pod waiting for it never starts.',
  },
  remedy: {
    zh: '执行 `kubectl get storageclass` 与 `kubectl -n <命名空间> describe pvc <名称>` 对照；创建该存储类，或用正确的存储类重建声明；未写存储类的，设置一个默认存储类。',
    en: 'Compare `kubectl get storageclass` with `kubectl -n <namespace> describe pvc <name>`; create the class, or recreate the claim with the correct one; if the claim names no class, set a default class.',
  },
  severity: 'warning',
  reads: ['claims'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'k8sgpt PersistentVolumeClaim and Storage analyzers (class not found)',

  evaluate({ claims }, { youngMinutes }, { now }) {
    return claims.rows
      .filter((row) => row.problem === 'pending' && (row.class === 'missing' || row.class === 'no-default') && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name }) => ({ scope: { kind: 'PersistentVolumeClaim', namespace, name } }));
  },
});
