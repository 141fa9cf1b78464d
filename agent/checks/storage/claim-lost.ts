import { defineCheck } from '../check.ts';

export const claimLost = defineCheck({
  id: 'storage-claim-lost',
  area: 'storage',
  title: { zh: '存储声明丢失了持久卷', en: 'PersistentVolumeClaims that lost their volume' },
  why: { zh: '声明背后的卷没了：数据可能已丢失，重启后的 Pod 起不来。', en: 'The volume behind the claim is gone: data may be lost, and its pod cannot start after a restart.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>` 找到原持久卷名；确认后端数据仍在后，用同名持久卷恢复绑定，否则从备份恢复。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>` to find the original volume name; if the backend data still exists, restore the binding with a volume of the same name, otherwise restore from backup.',
  },
  severity: 'critical',
  reads: ['claims'],
  unit: 'count',
  threshold: {},
  source: 'popeye POP-1004 (claim lost), k8sgpt; practice: critical, because the data of the pod are gone',

  evaluate({ claims }) {
    return claims.rows.filter((row) => row.problem === 'lost').map(({ namespace, name }) => ({ scope: { kind: 'PersistentVolumeClaim', namespace, name } }));
  },
});
