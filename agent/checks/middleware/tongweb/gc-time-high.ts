import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebGcTimeHigh = defineCheck({
  id: 'tongweb-gc-time-high',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 的 GC 耗时占比高', en: 'High proportion of time spent in TongWeb GC' },
  why: { zh: '大量时间耗在回收上，请求变慢，往往是内存溢出的前兆。', en: 'Much time goes to garbage collection and requests slow down; an out-of-memory error often follows.' },
  remedy: {
    zh: '执行 `jstat -gcutil <pid> 1000 10` 查看 Full GC；检查堆大小、缓存与泄漏。',
    en: 'Run `jstat -gcutil <pid> 1000 10` and check for full GCs; check the heap size, caches and memory leaks.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 5, criticalPercent: 15 },
  source: 'practice: 5 % / 15 % of the time since it started',

  evaluate({ middlewareTongweb: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ gcTimePercent }) =>
      told(gcTimePercent, (percent) => above(Math.round(percent * 10) / 10, { warning: warningPercent, critical: criticalPercent })),
    );
  },
});
