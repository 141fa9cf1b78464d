import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rabbitmqNodeMissing = defineCheck({
  id: 'rabbitmq-node-missing',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 节点未运行', en: 'RabbitMQ node not running' },
  why: { zh: '其上的队列可能不可用，冗余减少，再坏一个可能中断。', en: 'Its queues may be unavailable, and with less redundancy another failure may cause an outage.' },
  remedy: {
    zh: '执行 `rabbitmqctl cluster_status` 找出未运行的节点；查看其日志并启动，长期下线的用 forget_cluster_node 移除。',
    en: 'Run `rabbitmqctl cluster_status` to find the node; check its log and start it, or remove it with forget_cluster_node if it is permanently offline.',
  },
  severity: 'critical',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: {},
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqNodeDown, against the known members',

  evaluate({ middlewareRabbitmq: { rows } }) {
    return judgeInstances(rows, ({ nodes, runningNodes }) =>
      nodes === undefined || runningNodes === undefined ? 'silent' : runningNodes < nodes ? [{ observed: runningNodes, threshold: nodes }] : [],
    );
  },
});
