import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const memoryHigh = defineCheck({
  id: 'host-memory-high',
  area: 'host',
  title: { zh: '内存使用率过高', en: 'High memory usage' },
  why: {
    zh: '再有增长就会触发内存不足终止进程或驱逐 Pod，被选中的可能是数据库。',
    en: 'Any further growth triggers OOM kills or pod evictions, and the process chosen may be a database.',
  },
  remedy: {
    zh: '执行 `free -h` 与 `ps aux --sort=-rss | head` 查看占用；限制或迁移占用最大的负载，或增加内存。',
    en: 'Run `free -h` and `ps aux --sort=-rss | head` to check memory usage; limit or move the largest workload, or add memory.',
  },
  severity: 'warning',
  reads: ['memory'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'Popeye 710 (80 %) and node-mixin NodeMemoryHighUtilization (90 %)',

  evaluate({ memory }, { warningPercent, criticalPercent }) {
    return above(memory.usedPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
