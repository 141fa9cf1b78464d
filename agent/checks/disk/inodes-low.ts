import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskInodesLow = defineCheck({
  id: 'disk-inodes-low',
  area: 'disk',
  title: { zh: '文件系统索引节点即将耗尽', en: 'File system nearly out of inodes' },
  why: {
    zh: 'inode 用尽后，即使还有空间也不能新建文件：应用会报“磁盘已满”。',
    en: 'Once inodes are exhausted, no new files can be created even if space is left: applications report that the disk is full.',
  },
  remedy: {
    zh: '执行 `df -i` 与 `du --inodes -x --max-depth=2 <挂载点> | sort -n | tail` 找出小文件最多的目录；清理后仍不足时，用更大的索引节点数重建文件系统或改用 XFS。',
    en: 'Run `df -i` and `du --inodes -x --max-depth=2 <mount point> | sort -n | tail` to find the directory with the most small files; if cleaning up is not enough, rebuild the file system with more inodes or use XFS.',
  },
  severity: 'warning',
  reads: ['filesystems'],
  unit: 'percent',
  threshold: { warningPercent: 95, criticalPercent: 97 },
  source: 'node-mixin NodeFilesystemAlmostOutOfFiles (5 % and 3 % free)',

  evaluate({ filesystems }, { warningPercent, criticalPercent }, { host }) {
    const rows = filesystems.mounts.filter(({ role }) => role === 'host' || role === 'pod-volume');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-visible' }, ({ role, measured, inodesUsedPercent }) => {
      if (!measured && role === 'host') return undefined;
      return inodesUsedPercent === undefined ? [] : above(inodesUsedPercent, { warning: warningPercent, critical: criticalPercent });
    });
  },
});
