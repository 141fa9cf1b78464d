import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchShardsMany = defineCheck({
  id: 'elasticsearch-shards-many',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'resources',
  title: { zh: 'Elasticsearch 分片数接近上限', en: 'Elasticsearch shard count near the limit' },
  why: { zh: '到上限后新索引建不出来，日志写入停止；主节点负担也重。', en: 'At the limit no new index can be created and log writes stop; the master is also heavily loaded.' },
  remedy: {
    zh: '执行 `GET _cat/allocation?v` 与 `GET _cat/indices?v&s=pri:desc`；合并小索引、减少主分片数或调整生命周期策略，达到上限后无法新建索引。',
    en: 'Run `GET _cat/allocation?v` and `GET _cat/indices?v&s=pri:desc`; merge small indices, use fewer primary shards or adjust the lifecycle policy. At the limit, no new index can be created.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'Elasticsearch documentation, "Size your shards": cluster.max_shards_per_node (1000 by default); practice: warned at 80 % of it',

  evaluate({ middlewareElasticsearch: { rows } }, { warningPercent }) {
    return judgeInstances(rows, ({ activeShards, unassignedShards = 0, mostShards }) => {
      if (!mostShards) return 'silent';
      return told(activeShards, (count) => above(Math.floor(((count + unassignedShards) / mostShards) * 100), { warning: warningPercent }));
    });
  },
});
