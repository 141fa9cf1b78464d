import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const blockedTasksMany = defineCheck({
  id: 'host-blocked-tasks-many',
  area: 'host',
  title: { zh: '大量任务在等待磁盘', en: 'Many tasks waiting for disk I/O' },
  why: {
    zh: '磁盘跟不上：依赖它的请求排队，业务响应变慢甚至超时。',
    en: 'The disks cannot keep up: requests that depend on them queue, and services respond slowly or even time out.',
  },
  remedy: {
    zh: '执行 `ps -eo state,pid,comm | grep ^D` 列出等待中的进程；用 `iostat -x 1 5` 找出繁忙或无响应的磁盘。',
    en: 'Run `ps -eo state,pid,comm | grep ^D` to list the waiting processes; use `iostat -x 1 5` to find the disk that is busy or not responding.',
  },
  severity: 'warning',
  reads: ['load'],
  unit: 'ratio',
  threshold: { warningRatio: 2 },
  source: 'practice: more waiting tasks than twice the processors (procs_blocked); the rule of load applied to storage',

  evaluate({ load }, { warningRatio }) {
    if (load.blocked === undefined || load.cores === 0) return unknown();
    return above(load.blocked / load.cores, { warning: warningRatio });
  },
});
