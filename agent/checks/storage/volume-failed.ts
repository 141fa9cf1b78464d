import { defineCheck } from '../check.ts';

export const volumeFailed = defineCheck({
  id: 'storage-volume-failed',
  area: 'storage',
  title: { zh: '持久卷处于失败状态', en: 'PersistentVolumes in Failed phase' },
  why: { zh: '卷回收失败：空间没有释放，里面的数据状态不明。', en: 'The volume could not be reclaimed: its space has not been released, and the state of its data is unknown.' },
  remedy: {
    zh: '执行 `kubectl describe pv <名称>` 查看原因；多为回收失败：确认后端数据后，手工清理后端卷并删除该对象。',
    en: 'Run `kubectl describe pv <name>` to find the cause; usually reclaiming failed: check the data on the backend, then clean up the backend volume manually and delete the object.',
  },
  severity: 'critical',
  reads: ['volumes'],
  unit: 'count',
  threshold: {},
  source: 'kubernetes-mixin KubePersistentVolumeErrors (Failed or Pending 5 min, critical); popeye POP-1002',

  evaluate({ volumes }) {
    return volumes.rows.filter((row) => row.phase === 'Failed').map(({ name }) => ({ scope: { kind: 'PersistentVolume', name } }));
  },
});
