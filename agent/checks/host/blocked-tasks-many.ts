import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const blockedTasksMany = defineCheck({
  id: 'host-blocked-tasks-many',
  area: 'host',
  title: { zh: '大量任务在等待磁盘', en: 'Many tasks wait for disks' },
  why: { zh: '磁盘跟不上：依赖它的请求排队，业务响应变慢甚至超时。', en: 'The disks do not keep up: requests queue behind them and answers come late or not at all.' },
  remedy: {
    zh: '执行 `ps -eo state,pid,comm | grep ^D` 列出等待中的进程；用 `iostat -x 1 5` 找出繁忙或无响应的磁盘。',
    en: 'Run `ps -eo state,pid,comm | grep ^D` to list them; `iostat -x 1 5` shows the disk that is busy or does not answer.',
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
