import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebHungThread = defineCheck({
  id: 'tongweb-hung-thread',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志出现线程长时间未返回', en: 'Hung threads in TongWeb log' },
  why: {
    zh: '线程被长时间占住，多半是数据库或下游卡住，线程池会耗尽。',
    en: 'Threads are held for a long time, mostly by a stuck database or downstream service, and the pool may be exhausted.',
  },
  remedy: {
    zh: '执行 `grep -n "hung thread check" logs/server.log | tail` 查看；用 `jstack <pid>` 连取三次找出停在同一处的线程。',
    en: 'Run `grep -n "hung thread check" logs/server.log | tail`; run `jstack <pid>` three times and find threads that stay at the same place.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 1, criticalCount: 10 },
  source: 'TongWeb hung-thread check; more than 10 is an outage in the making',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { warningCount, criticalCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) => (pattern === 'hung-thread' ? above(count, { warning: warningCount, critical: criticalCount }) : 'other'));
  },
});
