import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebHeapUsageHigh = defineCheck({
  id: 'tongweb-heap-usage-high',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 堆使用率高', en: 'High TongWeb heap usage' },
  why: { zh: '再涨就会频繁回收或内存溢出，应用停止响应。', en: 'Further growth causes constant garbage collection or an out-of-memory error: the application stops responding.' },
  remedy: {
    zh: '在控制台或 `jstat -gcutil <pid>` 观察多次 GC 之后的占用；持续偏高时用堆转储分析泄漏，或增大 -Xmx。',
    en: 'Observe usage after several garbage collections in the console or with `jstat -gcutil <pid>`; if it stays high, analyse a heap dump for leaks or raise -Xmx.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'TongWeb 8 alert policy and Grafana 19156: 80 %; awesome-prometheus-alerts JvmMemoryFillingUp: 80 %',

  evaluate({ middlewareTongweb: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ heapUsedBytes, heapLimitBytes }) =>
      heapUsedBytes === undefined || !heapLimitBytes ? 'silent' : above(Math.round((heapUsedBytes / heapLimitBytes) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
