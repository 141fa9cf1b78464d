import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebSnapshotFillingDisk = defineCheck({
  id: 'tongweb-snapshot-filling-disk',
  area: 'middleware',
  product: 'tongweb',
  group: 'resources',
  title: { zh: 'TongWeb 快照占用大量磁盘', en: 'High disk usage of TongWeb snapshots' },
  why: { zh: '快照会写满磁盘，届时服务停止写入。', en: 'Snapshots may fill the disk, at which point the server stops writing.' },
  remedy: {
    zh: '执行 `du -sh snapshot` 查看并清理旧快照；设置按时间与大小清理。',
    en: 'Run `du -sh snapshot` and remove old snapshots; configure cleanup by age and size.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'bytes',
  threshold: { warningBytes: 5_368_709_120 },
  source: 'practice: 5 GB of snapshots',

  evaluate({ middlewareTongweb: { rows } }, { warningBytes }) {
    return judgeInstances(rows, ({ snapshotBytes }) => told(snapshotBytes, (bytes) => above(bytes, { warning: warningBytes })));
  },
});
