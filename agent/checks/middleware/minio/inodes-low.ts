import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioInodesLow = defineCheck({
  id: 'minio-inodes-low',
  area: 'middleware',
  product: 'minio',
  group: 'resources',
  title: { zh: 'MinIO 磁盘 inode 不足', en: 'MinIO drive runs out of inodes' },
  why: { zh: 'inode 用完后即使还有空间也写不进新对象。', en: 'When inodes run out no object can be written, space or not.' },
  remedy: {
    zh: '执行 `df -i <数据目录>` 核对；合并小对象、清理旧版本，或使用 XFS 重新格式化（动态 inode）。',
    en: 'Run `df -i <data folder>`; merge small objects, expire old versions, or format drives with XFS, which makes inodes as needed.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'percent',
  threshold: { warningPercent: 10, criticalPercent: 5 },
  source: 'kubernetes-mixin and node-mixin: NodeFilesystemAlmostOutOfFiles (5 %, 3 %); small objects use inodes up before space',

  evaluate({ middlewareMinio: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ freeInodesPercent }) =>
      told(freeInodesPercent, (percent) => below(Math.ceil(percent), { warning: warningPercent, critical: criticalPercent })),
    );
  },
});
