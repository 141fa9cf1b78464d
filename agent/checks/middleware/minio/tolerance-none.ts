import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioToleranceNone = defineCheck({
  id: 'minio-tolerance-none',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 纠删集已无写入冗余', en: 'No write redundancy left in MinIO erasure set' },
  why: { zh: '再坏一块磁盘，写入就会失败。', en: 'If one more drive fails, writes will fail.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 查看该纠删集；尽快恢复离线的磁盘，再坏一块即无法写入。',
    en: 'Run `mc admin info <alias>` to check the set; bring its offline drives back soon, because one more failure stops writes.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { warningCount: 0 },
  source: 'MinIO documentation, "Erasure coding": write quorum; the next drive that fails stops writes',

  evaluate({ middlewareMinio: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ drivesOnline = 0, drivesOffline = 0, leastTolerance }) => {
      if (drivesOnline + drivesOffline === 1) return 'other'; // a single drive never had any
      return told(leastTolerance, (count) => below(count, { warning: warningCount }));
    });
  },
});
