import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioDriveOffline = defineCheck({
  id: 'minio-drive-offline',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 磁盘离线', en: 'MinIO drive offline' },
  why: { zh: '冗余减少，再坏几块就可能写不进去甚至读不出来。', en: 'Redundancy is reduced; if a few more fail, objects may no longer be writable or even readable.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 找出离线磁盘；查看 dmesg 与挂载，更换后 MinIO 会自动修复数据。',
    en: 'Run `mc admin info <alias>` to find the offline drive; check dmesg and the mounts, and replace it: MinIO heals the data automatically.',
  },
  severity: 'critical',
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'awesome-prometheus-alerts (MinIO): MinioClusterDiskOffline',

  evaluate({ middlewareMinio: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ drivesOffline }) => told(drivesOffline, (count) => above(count, { critical: criticalCount })));
  },
});
