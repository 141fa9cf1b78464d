import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const zombiesMany = defineCheck({
  id: 'host-zombies-many',
  area: 'host',
  title: { zh: '僵尸进程过多', en: 'Too many zombie processes' },
  why: {
    zh: '父进程没有回收子进程，编号会被慢慢耗尽，也说明该程序有缺陷。',
    en: 'A parent process is not reaping its children: process IDs are slowly exhausted, and the program has a bug.',
  },
  remedy: {
    zh: '执行 `ps -eo stat,ppid,comm | grep ^Z` 找出父进程；重启不回收子进程的父进程，容器可使用 `shareProcessNamespace` 或 init 进程。',
    en: 'Run `ps -eo stat,ppid,comm | grep ^Z` to find the parent; restart the parent that does not reap its children; containers can use shareProcessNamespace or an init process.',
  },
  severity: 'warning',
  reads: ['processes'],
  unit: 'count',
  threshold: { warningCount: 50 },
  source: 'practice: above 50 a parent has stopped reaping, and numbers of processes leak',

  evaluate({ processes }, { warningCount }) {
    if (processes.zombies === undefined) return unknown('not-visible');
    return above(processes.zombies, { warning: warningCount });
  },
});
