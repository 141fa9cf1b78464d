import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskDeviceReadOnly = defineCheck({
  id: 'disk-device-read-only',
  area: 'disk',
  title: { zh: '磁盘设备处于只读状态', en: 'Disk device in read-only state' },
  why: { zh: '所有写操作失败：数据库、日志和 kubelet 都会停止工作。', en: 'All writes fail: databases, logging and the kubelet stop working.' },
  remedy: {
    zh: '执行 `lsblk -o NAME,RO,SIZE,MOUNTPOINT` 确认；SSD 寿命耗尽、存储卷锁定或虚拟磁盘写保护都会如此，查明原因后更换或解除，再恢复其上的业务。',
    en: 'Run `lsblk -o NAME,RO,SIZE,MOUNTPOINT` to confirm; possible causes are a worn-out SSD, a locked volume or a write-protected virtual disk. Find the cause, replace or unlock the disk, then restore the services on it.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'count',
  threshold: {},
  source: "practice: whole writable disks become read-only at the end of an SSD's life or by protection of the storage",

  evaluate({ disks }, _threshold, { host }) {
    return judgeRows(disks.devices, { kind: 'Disk', host, missing: 'not-reported' }, ({ readOnly }) => (readOnly === undefined ? undefined : readOnly ? [{}] : []));
  },
});
