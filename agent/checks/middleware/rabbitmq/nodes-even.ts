import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqNodesEven = defineCheck({
  id: 'rabbitmq-nodes-even',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'configuration',
  title: { zh: 'RabbitMQ 集群节点数为偶数', en: 'RabbitMQ cluster with an even number of nodes' },
  why: { zh: '网络对半分裂时没有一方占多数，可能整体停止或各自为政。', en: 'In a split of halves nobody has a majority: all stops, or both go on alone.' },
  remedy: {
    zh: '执行 `rabbitmqctl cluster_status` 核对；使用三或五个节点，偶数节点在网络分区时无法得到多数派。',
    en: 'Run `rabbitmqctl cluster_status`; use three or five nodes: with an even number half of them is no majority.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: {},
  source: 'RabbitMQ documentation, "Clustering Guide": an odd number of nodes',

  evaluate({ middlewareRabbitmq: { rows } }) {
    return judgeInstances(rows, ({ mode, nodes }) => (mode === 'standalone' ? 'other' : told(nodes, (count) => (count % 2 === 0 ? [{ observed: count }] : []))));
  },
});
