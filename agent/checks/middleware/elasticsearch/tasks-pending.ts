import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchTasksPending = defineCheck({
  id: 'elasticsearch-tasks-pending',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 集群任务长时间等待', en: 'Elasticsearch cluster tasks pending too long' },
  why: { zh: '主节点跟不上，建索引、改映射和分片恢复都被拖住。', en: 'The master cannot keep up: index creation, mapping changes and shard recovery are delayed.' },
  remedy: {
    zh: '执行 `GET _cluster/pending_tasks` 与 `GET _nodes/hot_threads`；检查主节点负载、集群状态大小与频繁的映射变更。',
    en: "Run `GET _cluster/pending_tasks` and `GET _nodes/hot_threads`; check the master's load, the cluster state size and frequent mapping changes.",
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'seconds',
  threshold: { warningSeconds: 900 },
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchPendingTasks (15 min)',

  evaluate({ middlewareElasticsearch: { rows } }, { warningSeconds }) {
    return judgeInstances(rows, ({ longestTaskMs }) => told(longestTaskMs, (ms) => above(Math.floor(ms / 1_000), { warning: warningSeconds })));
  },
});
