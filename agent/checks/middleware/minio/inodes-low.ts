import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioInodesLow = defineCheck({
  id: 'minio-inodes-low',
  area: 'middleware',
  product: 'minio',
  group: 'resources',
  title: { zh: 'MinIO 磁盘 inode 不足', en: 'MinIO drive low on inodes' },
  why: { zh: 'inode 用完后即使还有空间也写不进新对象。', en: 'Once inodes run out, no new objects can be written, even if space is left.' },
  remedy: {
    zh: '执行 `df -i <数据目录>` 核对；合并小对象、清理旧版本，或使用 XFS 重新格式化（动态 inode）。',
    en: 'Run `df -i <data folder>` to check; merge small objects, remove old versions, or reformat with XFS, which allocates inodes dynamically.',
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
