import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqNodesEven = defineCheck({
  id: 'rabbitmq-nodes-even',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'configuration',
  title: { zh: 'RabbitMQ 集群节点数为偶数', en: 'Even number of RabbitMQ cluster nodes' },
  why: { zh: '网络对半分裂时没有一方占多数，可能整体停止或各自为政。', en: 'If the cluster splits in half, neither side has a majority: all may stop, or both run separately.' },
  remedy: {
    zh: '执行 `rabbitmqctl cluster_status` 核对；使用三或五个节点，偶数节点在网络分区时无法得到多数派。',
    en: 'Run `rabbitmqctl cluster_status`; use three or five nodes, as an even number may leave no majority in a network partition.',
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
