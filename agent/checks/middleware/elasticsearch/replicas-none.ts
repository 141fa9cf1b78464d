import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchReplicasNone = defineCheck({
  id: 'elasticsearch-replicas-none',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 索引没有副本', en: 'Elasticsearch indices without replicas' },
  why: { zh: '所在节点或磁盘坏了，数据就没有了。', en: 'If the node or disk fails, the data is lost.' },
  remedy: {
    zh: '执行 `GET _cat/indices?v&h=index,rep` 找出 rep 为 0 的索引；将 index.number_of_replicas 设为 1 以上。',
    en: 'Run `GET _cat/indices?v&h=index,rep` to find indices where rep is 0; set index.number_of_replicas to 1 or more.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Elasticsearch documentation, "Designing for resilience": at least one replica; not for a single node',

  evaluate({ middlewareElasticsearch: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mode, unreplicatedIndices }) =>
      mode === 'standalone' ? 'other' : told(unreplicatedIndices, (count) => above(count, { warning: warningCount })),
    );
  },
});
