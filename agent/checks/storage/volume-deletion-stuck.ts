import { defineCheck } from '../check.ts';

export const volumeDeletionStuck = defineCheck({
  id: 'storage-volume-deletion-stuck',
  area: 'storage',
  title: { zh: '持久卷删除不掉', en: 'PersistentVolumes stuck in deletion' },
  why: { zh: '卷删不干净：后端空间不释放，费用继续产生。', en: 'The volume is not fully deleted: backend space is not released and costs continue to accrue.' },
  remedy: {
    zh: '执行 `kubectl describe pv <名称>` 查看 finalizers 与 VolumeAttachment；先删除仍绑定的声明并等待卸载，再检查存储驱动的日志。',
    en: "Run `kubectl describe pv <name>` and check finalizers and attachments; first delete the claim still bound to it and wait for the detach, then check the storage driver's log.",
  },
  severity: 'warning',
  reads: ['volumes'],
  unit: 'minutes',
  threshold: { deletingMinutes: 60 },
  source: 'practice: 1 h; a finalizer that nobody removes, while deletion takes minutes',

  evaluate({ volumes }, { deletingMinutes }, { now }) {
    return volumes.rows.flatMap(({ name, deletingSince }) => {
      const minutes = deletingSince === undefined ? 0 : Math.floor((now - deletingSince) / 60);
      return minutes >= deletingMinutes ? [{ scope: { kind: 'PersistentVolume' as const, name }, observed: minutes, threshold: deletingMinutes }] : [];
    });
  },
});
