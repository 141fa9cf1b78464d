import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchPrimaryUnassigned = defineCheck({
  id: 'elasticsearch-primary-unassigned',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 存在未分配的主分片', en: 'Unassigned Elasticsearch primary shards' },
  why: { zh: '这些分片的数据现在读写不了，查询结果不完整。', en: 'This data can now be neither read nor written, and search results are incomplete.' },
  remedy: {
    zh: '执行 `GET _cluster/allocation/explain?include_yes_decisions=false`；先恢复持有该分片的节点，不要急于执行 allocate_empty_primary。',
    en: 'Run `GET _cluster/allocation/explain?include_yes_decisions=false`; first recover the node that holds the shard, and do not rush to use allocate_empty_primary.',
  },
  severity: 'critical',
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchUnassignedShards, of primaries: their data cannot be read',

  evaluate({ middlewareElasticsearch: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ unassignedPrimaries }) => told(unassignedPrimaries, (count) => above(count, { critical: criticalCount })));
  },
});
