import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskUtilisationHigh = defineCheck({
  id: 'disk-utilisation-high',
  area: 'disk',
  title: { zh: '磁盘持续繁忙', en: 'Disk busy most of the time' },
  why: { zh: '磁盘没有余量，流量稍增就会排队，备份或重建会拖慢业务。', en: 'There is nothing to spare: a little more load queues, and a backup or rebuild slows the services.' },
  remedy: {
    zh: '执行 `iostat -x 1 5` 确认，用 `pidstat -d 1 5` 找出读写最多的进程；把它移到独立或更快的磁盘，或限制其 I/O。',
    en: 'Confirm with `iostat -x 1 5` and find the process behind it with `pidstat -d 1 5`; give it a disk of its own or a faster one, or limit its I/O.',
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
