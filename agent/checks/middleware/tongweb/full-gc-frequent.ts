import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebFullGcFrequent = defineCheck({
  id: 'tongweb-full-gc-frequent',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 频繁 Full GC', en: 'TongWeb collects the whole heap often' },
  why: {
    zh: '每次 Full GC 期间全部请求停顿；频繁发生通常说明堆不足或内存泄漏。',
    en: 'Every full collection stops all requests; many of them mean a small heap or a leak.',
  },
  remedy: {
    zh: '执行 `jstat -gcutil <pid> 1000 10` 查看 FGC 列；在 GC 日志中确认原因，检查内存泄漏后再调整 -Xmx。',
    en: 'Run `jstat -gcutil <pid> 1000 10` for the column FGC; read the cause in the GC log and look for leaks before -Xmx is raised.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: { warningValue: 6, criticalValue: 30 },
  source: 'practice: one in 10 minutes, one in 2; RMI alone asks for one an hour',

  evaluate({ middlewareTongweb: { rows } }, { warningValue, criticalValue }) {
    return judgeInstances(rows, ({ fullGcPerHour }) => told(fullGcPerHour, (rate) => above(Math.round(rate * 10) / 10, { warning: warningValue, critical: criticalValue })));
  },
});
