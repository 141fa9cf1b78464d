import { defineCheck, notApplicable } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskOffline = defineCheck({
  id: 'disk-offline',
  area: 'disk',
  title: { zh: '磁盘已被内核停用', en: 'Disk taken offline by the kernel' },
  why: { zh: '内核已把磁盘踢下线：上面的数据此刻不可用。', en: 'The kernel has taken the disk offline: the data on it is currently unavailable.' },
  remedy: {
    zh: '执行 `lsblk` 与 `dmesg -T | tail -200` 查看原因；检查线缆、多路径（`multipath -ll`）与存储端，修复后重新扫描总线，再检查其上的文件系统。',
    en: 'Run `lsblk` and `dmesg -T | tail -200` to find the cause; check cables, multipath (`multipath -ll`) and the storage side. Once repaired, rescan the bus and check the file systems on the disk.',
  },
  severity: 'critical',
  reads: ['disks'],
  unit: 'count',
  threshold: {},
  source: 'practice: the kernel stops a SCSI or NVMe device after errors that it could not recover from',

  evaluate({ disks }, _threshold, { host }) {
    const rows = disks.devices.filter(({ type }) => type === 'scsi' || type === 'nvme');
    if (rows.length === 0) return notApplicable('not-present');
    return judgeRows(rows, { kind: 'Disk', host, missing: 'not-reported' }, ({ type, offline }) => {
      if (offline) return [{}];
      return offline === undefined && type === 'scsi' ? undefined : [];
    });
  },
});
