import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tomcatDeadlock = defineCheck({
  id: 'tomcat-deadlock',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 存在死锁线程', en: 'Deadlocked Tomcat threads' },
  why: { zh: '这些线程永远不会返回，请求卡住，线程池会逐步耗尽。', en: 'These threads never return: requests hang, and the thread pool is gradually exhausted.' },
  remedy: {
    zh: '执行 `jstack <pid>` 查看末尾的死锁信息并交开发方。',
    en: 'Run `jstack <pid>` and pass the deadlock information at the end of its output to the developers.',
  },
  severity: 'critical',
  reads: ['middlewareTomcat'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'java.lang.management.ThreadMXBean.findDeadlockedThreads',

  evaluate({ middlewareTomcat: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ deadlockedThreads }) => told(deadlockedThreads, (count) => above(count, { critical: criticalCount })));
  },
});
