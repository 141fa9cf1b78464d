import { defineCheck } from '../check.ts';

export const volumeFailed = defineCheck({
  id: 'storage-volume-failed',
  area: 'storage',
  title: { zh: '持久卷处于失败状态', en: 'Volume in phase Failed' },
  why: { zh: '卷回收失败：空间没有释放，里面的数据状态不明。', en: 'The volume could not be reclaimed: its space is not given back, and nobody knows the state of its data.' },
  remedy: {
    zh: '执行 `kubectl describe pv <名称>` 查看原因；多为回收失败：确认后端数据后，手工清理后端卷并删除该对象。',
    en: 'Run `kubectl describe pv <name>` for the reason; mostly reclaiming failed: look at the data on the backend, then clean up there and delete the object.',
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
