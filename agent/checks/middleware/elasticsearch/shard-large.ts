import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchShardLarge = defineCheck({
  id: 'elasticsearch-shard-large',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 分片过大', en: 'Oversized Elasticsearch shards' },
  why: {
    zh: '恢复和搬迁要很久，期间查询变慢，节点故障后长时间没有冗余。',
    en: 'Recovery and relocation take long and slow searches, and after a node failure redundancy is missing for a long time.',
  },
  remedy: {
    zh: '执行 `GET _cat/shards?v&s=store:desc` 查看最大的分片；在滚动策略中限制 max_primary_shard_size。',
    en: 'Run `GET _cat/shards?v&s=store:desc` to find the largest shards; limit max_primary_shard_size in the rollover policy.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'bytes',
  threshold: { infoBytes: 53_687_091_200 },
  source: 'Elasticsearch documentation, "Size your shards": 10 to 50 GB each',

  evaluate({ middlewareElasticsearch: { rows } }, { infoBytes }) {
    return judgeInstances(rows, ({ largestShardBytes }) => told(largestShardBytes, (bytes) => above(bytes, { info: infoBytes })));
  },
});
