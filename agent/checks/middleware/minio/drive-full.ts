import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioDriveFull = defineCheck({
  id: 'minio-drive-full',
  area: 'middleware',
  product: 'minio',
  group: 'resources',
  title: { zh: 'MinIO 单块磁盘将满', en: 'MinIO drive nearly full' },
  why: { zh: '所在纠删集无法再写入，即使总容量还有余量。', en: 'When it is full, its erasure set takes no more writes, even if there is free capacity overall.' },
  remedy: {
    zh: '执行 `mc admin info <别名> --json` 查看各磁盘；检查同一磁盘上的其他文件，扩容时按服务器池成组增加。',
    en: 'Run `mc admin info <alias> --json` to check each drive; look for other files on the same drive, and expand by whole server pools.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'percent',
  threshold: { warningPercent: 90, criticalPercent: 95 },
  source: 'practice: a drive much fuller than the whole; MinIO refuses writes to drives without space',

  evaluate({ middlewareMinio: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ fullestDrivePercent }) =>
      told(fullestDrivePercent, (percent) => above(Math.floor(percent), { warning: warningPercent, critical: criticalPercent })),
    );
  },
});
