import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchMastersFew = defineCheck({
  id: 'elasticsearch-masters-few',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 可当选主节点的节点过少', en: 'Too few master-eligible Elasticsearch nodes' },
  why: { zh: '少于三个时，坏一个就选不出主节点，整个集群停止工作。', en: 'With fewer than three, losing one leaves no majority to elect a master, and the whole cluster stops.' },
  remedy: {
    zh: '执行 `GET _cat/nodes?v&h=name,node.role,master` 核对；配置三个可当选主节点的节点。',
    en: 'Run `GET _cat/nodes?v&h=name,node.role,master` to check; configure three master-eligible nodes.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { warningCount: 2 },
  source: 'Elasticsearch documentation, "Resilience in small clusters": three nodes that may become master; two tolerate the loss of none',

  evaluate({ middlewareElasticsearch: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mode, masterNodes }) => (mode === 'standalone' ? 'other' : told(masterNodes, (count) => below(count, { warning: warningCount }))));
  },
});
