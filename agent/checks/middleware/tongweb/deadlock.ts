import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebDeadlock = defineCheck({
  id: 'tongweb-deadlock',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 存在死锁线程', en: 'Deadlocked TongWeb threads' },
  why: { zh: '这些线程永远不会返回，请求卡住，线程池会逐步耗尽。', en: 'These threads never return: requests hang, and the thread pool is gradually exhausted.' },
  remedy: {
    zh: '执行 `jstack <pid>` 并在末尾查看 “Found one Java-level deadlock”；保留输出交应用开发方，必要时按变更流程重启。',
    en: 'Run `jstack <pid>` and look for "Found one Java-level deadlock" at the end; keep the output for the developers, and restart under change control if necessary.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'TongWeb 8 monitor item deadlockedThreadCount; java.lang.management.ThreadMXBean.findDeadlockedThreads',

  evaluate({ middlewareTongweb: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ deadlockedThreads }) => told(deadlockedThreads, (count) => above(count, { critical: criticalCount })));
  },
});
