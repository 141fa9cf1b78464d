import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchAllocationOff = defineCheck({
  id: 'elasticsearch-allocation-off',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 分片分配被关闭', en: 'Elasticsearch shard allocation disabled' },
  why: {
    zh: '新建索引和节点故障后的分片都不会分配，常是维护后忘了恢复，再坏一个节点就丢可用性。',
    en: 'Shards of new indices and failed nodes are not allocated, often because it was left off after maintenance; losing another node may cut availability.',
  },
  remedy: {
    zh: '执行 `GET _cluster/settings?flat_settings` 核对；维护结束后将 cluster.routing.allocation.enable 设为 null。',
    en: 'Run `GET _cluster/settings?flat_settings`; when maintenance is over, set cluster.routing.allocation.enable to null.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'value',
  threshold: {},
  source: 'Elasticsearch documentation, "Cluster-level shard allocation": to be set back to all after a rolling restart',

  evaluate({ middlewareElasticsearch: { rows } }) {
    return judgeInstances(rows, ({ allocation }) => told(allocation, (word) => (word === 'all' ? [] : [{ observed: word }])));
  },
});
