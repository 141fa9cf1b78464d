import { defineCheck } from '../check.ts';

export const claimDeletionStuck = defineCheck({
  id: 'storage-claim-deletion-stuck',
  area: 'storage',
  title: { zh: '存储声明删除不掉', en: 'Claim whose deletion does not finish' },
  why: { zh: '名字被占着，重新部署同名的应用会失败，后端空间也没有释放。', en: 'Its name stays taken, so deploying the application again fails, and space is not freed.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>`，查看 Used By 与 finalizers；停掉仍在使用它的 Pod，声明会自行删除。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>` and read Used By and finalizers; stop the pods that still use it, and it goes by itself.',
  },
  severity: 'info',
  reads: ['claims'],
  unit: 'minutes',
  threshold: { deletingMinutes: 60 },
  source: 'practice: 1 h; a finalizer that nobody removes; info, because a claim in use waits by design',

  evaluate({ claims }, { deletingMinutes }, { now }) {
    return claims.rows.flatMap(({ namespace, name, problem, since }) => {
      const minutes = problem === 'deleting' && since !== undefined ? Math.floor((now - since) / 60) : 0;
      return minutes >= deletingMinutes ? [{ scope: { kind: 'PersistentVolumeClaim' as const, namespace, name }, observed: minutes, threshold: deletingMinutes }] : [];
    });
  },
});
