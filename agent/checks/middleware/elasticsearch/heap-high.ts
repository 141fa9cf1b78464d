import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchHeapHigh = defineCheck({
  id: 'elasticsearch-heap-high',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'resources',
  title: { zh: 'Elasticsearch 堆使用率高', en: 'High Elasticsearch heap usage' },
  why: {
    zh: '频繁 GC 使查询变慢，再涨会触发断路器或内存溢出退出。',
    en: 'Frequent GC slows searches; further growth may trip a circuit breaker or end the process with an out-of-memory error.',
  },
  remedy: {
    zh: '执行 `GET _nodes/stats/jvm,breaker,indices` 查看 fielddata 与段内存；减少分片数与聚合字段，或增加节点。',
    en: 'Run `GET _nodes/stats/jvm,breaker,indices` to check fielddata and segment memory; reduce the number of shards and aggregated fields, or add nodes.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchHeapUsageWarning (80 %), ElasticsearchHeapUsageTooHigh (90 %)',

  evaluate({ middlewareElasticsearch: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ heapPercent }) => told(heapPercent, (percent) => above(percent, { warning: warningPercent, critical: criticalPercent })));
  },
});
