import { defineCheck } from '../check.ts';

export const claimDeletionStuck = defineCheck({
  id: 'storage-claim-deletion-stuck',
  area: 'storage',
  title: { zh: '存储声明删除不掉', en: 'PersistentVolumeClaims stuck in deletion' },
  why: {
    zh: '名字被占着，重新部署同名的应用会失败，后端空间也没有释放。',
    en: 'The name remains taken, so redeploying an application of that name fails, and backend space is not released.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>`，查看 Used By 与 finalizers；停掉仍在使用它的 Pod，声明会自行删除。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>` and check Used By and finalizers; stop the pods that still use the claim, and it will be deleted automatically.',
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
