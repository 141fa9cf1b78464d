import { defineCheck, unknown } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskMountMissing = defineCheck({
  id: 'disk-mount-missing',
  area: 'disk',
  title: { zh: 'fstab 中配置的文件系统没有挂载', en: 'File system of fstab not mounted' },
  why: {
    zh: '数据会悄悄写进根分区的空目录：应用看不到原有数据，根分区也可能被写满。',
    en: 'Data silently goes to an empty folder on the root disk: the application misses its old data, and the root fills up.',
  },
  remedy: {
    zh: '执行 `findmnt --verify` 与 `lsblk -f` 找出原因（磁盘缺失、UUID 变化、被 nofail 跳过）；确认挂载点下没有误写入根分区的数据，再执行 `mount <挂载点>`。',
    en: 'Run `findmnt --verify` and `lsblk -f` for the cause (a disk is gone, its UUID changed, nofail skipped it); make sure that nothing was written below the empty mount point, then run `mount <mount point>`.',
  },
  severity: 'warning',
  reads: ['filesystems'],
  unit: 'count',
  threshold: {},
  source: 'practice: data meant for its own disk silently goes to the root file system',

  evaluate({ filesystems }, _threshold, { host }) {
    if (!filesystems.fstabVisible) return unknown('not-visible');
    return judgeRows(filesystems.missing, { kind: 'Mount', host, missing: 'not-reported' }, () => [{}]);
  },
});
