import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tomcatHeapUsageHigh = defineCheck({
  id: 'tomcat-heap-usage-high',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 堆使用率高', en: 'Tomcat heap usage high' },
  why: { zh: '再涨就会频繁回收或内存溢出，应用停止响应。', en: 'A little more, and it collects all the time or runs out: the application stops answering.' },
  remedy: {
    zh: '执行 `jstat -gcutil <pid>` 观察多次 GC 之后的占用；查找泄漏或增大 -Xmx。',
    en: 'Watch `jstat -gcutil <pid>` after collections; look for leaks or raise -Xmx.',
  },
  severity: 'warning',
  reads: ['middlewareTomcat'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'awesome-prometheus-alerts JvmMemoryFillingUp: 80 %',

  evaluate({ middlewareTomcat: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ heapUsedBytes, heapLimitBytes }) =>
      heapUsedBytes === undefined || !heapLimitBytes ? 'silent' : above(Math.round((heapUsedBytes / heapLimitBytes) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
