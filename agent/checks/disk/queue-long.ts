import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskQueueLong = defineCheck({
  id: 'disk-queue-long',
  area: 'disk',
  title: { zh: '磁盘 I/O 队列过长', en: 'Disk I/O queue too long' },
  why: { zh: '请求在磁盘前排队，每次读写都要多等，数据库和 etcd 首先变慢。', en: 'Requests queue and every read and write waits; databases and etcd slow down first.' },
  remedy: {
    zh: '执行 `iostat -x 1 5` 查看 aqu-sz，用 `pidstat -d 1 5` 找出来源；分散 I/O 到多块磁盘，或更换更快的磁盘。',
    en: 'Run `iostat -x 1 5` to check aqu-sz and `pidstat -d 1 5` to find the source; spread the I/O across several disks or use a faster disk.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'value',
  threshold: { warningValue: 10 },
  source: 'node-mixin NodeDiskIOSaturation (10)',

  evaluate({ disks }, { warningValue }, { host }) {
    return judgeRows(disks.devices, { kind: 'Disk', host, missing: 'no-history' }, ({ averageQueue }) =>
      averageQueue === undefined ? undefined : above(averageQueue, { warning: warningValue }),
    );
  },
});
