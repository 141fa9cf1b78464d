import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskRaidRebuilding = defineCheck({
  id: 'disk-raid-rebuilding',
  area: 'disk',
  title: { zh: '软件 RAID 阵列正在重建', en: 'Software RAID array rebuilding' },
  why: {
    zh: '重建完成前没有冗余，再坏一块盘就丢数据；期间性能也会下降。',
    en: 'There is no redundancy until the rebuild is complete: another disk failure means data loss. Performance is also reduced meanwhile.',
  },
  remedy: {
    zh: '执行 `cat /proc/mdstat` 查看进度；重建期间磁盘性能下降且冗余不足，等它完成后再做维护，必要时调整 /proc/sys/dev/raid/speed_limit_max。',
    en: 'Run `cat /proc/mdstat` to check progress; disks are slower and redundancy is reduced until it completes, so postpone maintenance, and adjust /proc/sys/dev/raid/speed_limit_max if necessary.',
  },
  severity: 'info',
  reads: ['raid'],
  unit: 'percent',
  threshold: {},
  source: 'md(4): resync, recovery and reshape; the monthly check is left out',

  evaluate({ raid }, _threshold, { host }) {
    return judgeRows(raid.arrays, { kind: 'Disk', host, missing: 'not-reported' }, ({ sync, syncPercent }) =>
      sync === 'idle' || sync === 'check' ? [] : [{ observed: syncPercent }],
    );
  },
});
