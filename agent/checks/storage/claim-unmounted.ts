import { defineCheck, unknown } from '../check.ts';

const DAY = 86_400;

export const claimUnmounted = defineCheck({
  id: 'storage-claim-unmounted',
  area: 'storage',
  title: { zh: 'PVC 没有被任何 Pod 挂载', en: 'PersistentVolumeClaims not mounted by any pod' },
  why: { zh: '占用的存储空间无人使用，往往是删除应用时遗留的数据。', en: 'The space is allocated but unused: often it is data left behind when an application was deleted.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>` 查看 Used By；确认不属于副本数暂为零的应用、且数据已备份或不再需要后删除。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>` and check Used By; delete the claim once it is confirmed that it does not belong to an application scaled to zero and its data is backed up or no longer needed.',
  },
  severity: 'info',
  reads: ['pods'],
  unit: 'days',
  threshold: { olderThanDays: 30 },
  source: 'popeye POP-400; observed is the age of the claim: since when no pod mounts it the API server does not tell',

  evaluate({ pods }, { olderThanDays }, { now }) {
    if (pods.unmountedClaims === undefined) return unknown('forbidden');
    return pods.unmountedClaims
      .filter(({ createdAt }) => now - createdAt > olderThanDays * DAY)
      .map(({ namespace, name, createdAt }) => ({
        scope: { kind: 'PersistentVolumeClaim', namespace, name },
        observed: Math.floor((now - createdAt) / DAY),
        threshold: olderThanDays,
      }));
  },
});
