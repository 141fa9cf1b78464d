import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchYellow = defineCheck({
  id: 'elasticsearch-yellow',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 集群状态为 yellow', en: 'Elasticsearch cluster status yellow' },
  why: { zh: '部分数据只有一份，再坏一个节点就可能丢失。', en: 'Some data exists in only one copy and may be lost if one more node fails.' },
  remedy: {
    zh: '执行 `GET _cat/shards?h=index,shard,prirep,state,unassigned.reason` 找出未分配的副本；检查节点数、磁盘水位与分配开关。',
    en: 'Run `GET _cat/shards?h=index,shard,prirep,state,unassigned.reason` to find the unassigned replicas; check the number of nodes, the disk watermarks and the allocation setting.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: {},
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchClusterYellow; not for a single node, which has no place for replicas',

  evaluate({ middlewareElasticsearch: { rows } }) {
    return judgeInstances(rows, ({ mode, status, unassignedShards }) => {
      if (mode === 'standalone') return 'other';
      return told(status, (color) => (color === 'yellow' ? [{ observed: unassignedShards }] : []));
    });
  },
});
