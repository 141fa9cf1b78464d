import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const elasticsearchBreakerTripped = defineCheck({
  id: 'elasticsearch-breaker-tripped',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 断路器触发', en: 'Elasticsearch circuit breaker tripped' },
  why: { zh: '查询或写入被拒绝以保护内存，用户看到失败的请求。', en: 'Searches or writes are refused to protect memory, and users see failed requests.' },
  remedy: {
    zh: '执行 `GET _nodes/stats/breaker` 查看触发的断路器；检查大聚合、超大批量写入与堆大小。',
    en: 'Run `GET _nodes/stats/breaker` to see which breaker tripped; check for large aggregations, oversized bulk requests and the heap size.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchCircuitBreakerTripped; practice: any a day, since the inspection before, else since the start',

  evaluate({ middlewareElasticsearch: { members } }, { warningCount }) {
    return judgeInstances(members, ({ breakerTrips, uptimeSeconds, recentBreakerTrips, recentSeconds }) =>
      told(perDay(breakerTrips, uptimeSeconds, recentBreakerTrips, recentSeconds), (count) => above(count, { warning: warningCount })),
    );
  },
});
