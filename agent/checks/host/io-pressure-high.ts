import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const ioPressureHigh = defineCheck({
  id: 'host-io-pressure-high',
  area: 'host',
  title: { zh: '磁盘 I/O 争用', en: 'Disk I/O contention' },
  why: {
    zh: '任务把时间花在等磁盘上：数据库提交、etcd 落盘和镜像拉取都会变慢。',
    en: 'Tasks spend their time waiting for disks: database commits, etcd writes and image pulls all slow down.',
  },
  remedy: {
    zh: '执行 `cat /proc/pressure/io` 与 `pidstat -d 1 5` 找出读写最多的进程；把 etcd、数据库移到独立磁盘或限制后台任务。',
    en: 'Run `cat /proc/pressure/io` and `pidstat -d 1 5` to find the process with the most reads and writes; move etcd and databases to dedicated disks or limit background jobs.',
  },
  severity: 'warning',
  reads: ['pressure'],
  unit: 'percent',
  threshold: { warningPercent: 20, criticalPercent: 60 },
  source: 'practice: share of five minutes in which every task was stalled on I/O',

  evaluate({ pressure }, { warningPercent, criticalPercent }) {
    if (pressure.ioFull300Percent === undefined) return unknown();
    return above(pressure.ioFull300Percent, { warning: warningPercent, critical: criticalPercent });
  },
});
