import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchNodeMissing = defineCheck({
  id: 'elasticsearch-node-missing',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 节点缺失', en: 'Elasticsearch node missing' },
  why: { zh: '少了一份副本和容量，再失去一个节点可能丢数据。', en: 'Replicas and capacity are reduced, and losing another node may cause data loss.' },
  remedy: {
    zh: '执行 `GET _cat/nodes?v` 核对；查看缺失节点的日志与 Pod 事件。',
    en: "Run `GET _cat/nodes?v` to check; read the missing node's log and pod events.",
  },
  severity: 'critical',
  reads: ['middleware', 'middlewareElasticsearch'],
  unit: 'count',
  threshold: {},
  source: 'awesome-prometheus-alerts (Elasticsearch): ElasticsearchHealthyNodes, against what the operator or workload asks for',

  evaluate({ middleware, middlewareElasticsearch: { rows } }) {
    const desired = new Map(middleware.rows.map((row) => [row.instance, row.desired]));
    return judgeInstances(rows, ({ instance, nodes }) => {
      const wanted = desired.get(instance);
      if (wanted === undefined) return 'other';
      return told(nodes, (count) => (count < wanted ? [{ observed: count, threshold: wanted }] : []));
    });
  },
});
