import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskUtilisationHigh = defineCheck({
  id: 'disk-utilisation-high',
  area: 'disk',
  title: { zh: '磁盘持续繁忙', en: 'Disk constantly busy' },
  why: {
    zh: '磁盘没有余量，流量稍增就会排队，备份或重建会拖慢业务。',
    en: 'The disk has no headroom: a slight increase in traffic causes queuing, and backups or rebuilds slow down services.',
  },
  remedy: {
    zh: '执行 `iostat -x 1 5` 确认，用 `pidstat -d 1 5` 找出读写最多的进程；把它移到独立或更快的磁盘，或限制其 I/O。',
    en: 'Run `iostat -x 1 5` to confirm and `pidstat -d 1 5` to find the process with the most reads and writes; move it to a dedicated or faster disk, or limit its I/O.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'awesome-prometheus-alerts HostUnusualDiskIo (80 %)',

  evaluate({ disks }, { warningPercent }, { host }) {
    return judgeRows(disks.devices, { kind: 'Disk', host, missing: 'no-history' }, ({ utilisationPercent }) =>
      utilisationPercent === undefined ? undefined : above(utilisationPercent, { warning: warningPercent }),
    );
  },
});
