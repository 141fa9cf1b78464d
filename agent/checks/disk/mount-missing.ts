import { defineCheck, unknown } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskMountMissing = defineCheck({
  id: 'disk-mount-missing',
  area: 'disk',
  title: { zh: 'fstab 中配置的文件系统没有挂载', en: 'File system configured in fstab not mounted' },
  why: {
    zh: '数据会悄悄写进根分区的空目录：应用看不到原有数据，根分区也可能被写满。',
    en: 'Data is silently written to an empty directory on the root partition: applications miss their existing data, and the partition may fill up.',
  },
  remedy: {
    zh: '执行 `findmnt --verify` 与 `lsblk -f` 找出原因（磁盘缺失、UUID 变化、被 nofail 跳过）；确认挂载点下没有误写入根分区的数据，再执行 `mount <挂载点>`。',
    en: 'Run `findmnt --verify` and `lsblk -f` to find the cause (disk missing, UUID changed, skipped because of nofail); make sure that no data was written to the root partition under the mount point, then run `mount <mount point>`.',
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
