import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const cpuIowaitHigh = defineCheck({
  id: 'host-cpu-iowait-high',
  area: 'host',
  title: { zh: '处理器等待磁盘的时间过长', en: 'High CPU I/O wait' },
  why: {
    zh: '处理器闲着等磁盘：存储是瓶颈，业务变慢而加处理器无济于事。',
    en: 'The CPUs sit idle waiting for disks: storage is the bottleneck, services slow down, and adding CPUs will not help.',
  },
  remedy: {
    zh: '执行 `iostat -x 1 5` 找出繁忙的磁盘，再用 `pidstat -d 1 5` 找出读写最多的进程；把它移到独立磁盘或限制其 I/O。',
    en: 'Run `iostat -x 1 5` to find the busy disk, then `pidstat -d 1 5` to find the process with the most reads and writes; move it to a dedicated disk or limit its I/O.',
  },
  severity: 'warning',
  reads: ['cpu'],
  unit: 'percent',
  threshold: { warningPercent: 10, criticalPercent: 30 },
  source: 'awesome-prometheus-alerts HostCpuHighIowait (10 %); critical at three times that by practice',

  evaluate({ cpu }, { warningPercent, criticalPercent }) {
    if (cpu.iowaitPercent === undefined) return unknown('no-history');
    return above(cpu.iowaitPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
