import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tomcatHeapUsageHigh = defineCheck({
  id: 'tomcat-heap-usage-high',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 堆使用率高', en: 'High Tomcat heap usage' },
  why: { zh: '再涨就会频繁回收或内存溢出，应用停止响应。', en: 'Further growth causes constant garbage collection or an out-of-memory error: the application stops responding.' },
  remedy: {
    zh: '执行 `jstat -gcutil <pid>` 观察多次 GC 之后的占用；查找泄漏或增大 -Xmx。',
    en: 'Run `jstat -gcutil <pid>` and watch usage after several GCs; look for leaks or raise -Xmx.',
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
