import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqPartition = defineCheck({
  id: 'rabbitmq-partition',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 集群发生网络分区', en: 'RabbitMQ network partition' },
  why: { zh: '两边各自收发消息，数据分叉；恢复时一边的消息会被丢弃。', en: 'Both sides work separately and diverge; when they rejoin, messages from one side are discarded.' },
  remedy: {
    zh: '执行 `rabbitmqctl cluster_status` 查看 Network Partitions；确认可信的一侧，重启另一侧节点，并设置 cluster_partition_handling。',
    en: 'Run `rabbitmqctl cluster_status` and check Network Partitions; decide which side to trust, restart the nodes on the other side, and set cluster_partition_handling.',
  },
  severity: 'critical',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: {},
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqClusterPartition',

  evaluate({ middlewareRabbitmq: { rows } }) {
    return judgeInstances(rows, ({ partitionedNodes }) => told(partitionedNodes, (count) => (count > 0 ? [{ observed: count }] : [])));
  },
});
