import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const elasticsearchRed = defineCheck({
  id: 'elasticsearch-red',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 集群状态为 red', en: 'Elasticsearch cluster status red' },
  why: { zh: '部分数据不可用，查询不完整，写入这些索引会失败。', en: 'Some data is unavailable: searches are incomplete, and writes to the affected indices fail.' },
  remedy: {
    zh: '执行 `GET _cluster/allocation/explain` 查看主分片未分配的原因；恢复离线节点或释放磁盘，无法恢复时从快照还原。',
    en: 'Run `GET _cluster/allocation/explain` to see why primary shards are unassigned; recover the offline node or free disk space, or restore from a snapshot if recovery is impossible.',
  },
  severity: 'critical',
  reads: ['middlewareElasticsearch'],
  unit: 'value',
  threshold: {},
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchClusterRed',

  evaluate({ middlewareElasticsearch: { rows } }) {
    return judgeInstances(rows, ({ status }) => wrongWhen(status === undefined ? undefined : status === 'red'));
  },
});
