import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rabbitmqNodeMissing = defineCheck({
  id: 'rabbitmq-node-missing',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 节点未运行', en: 'RabbitMQ node does not run' },
  why: { zh: '其上的队列可能不可用，冗余减少，再坏一个可能中断。', en: 'Its queues may be down, and another failure may interrupt the service.' },
  remedy: {
    zh: '执行 `rabbitmqctl cluster_status` 找出未运行的节点；查看其日志并启动，长期下线的用 forget_cluster_node 移除。',
    en: 'Run `rabbitmqctl cluster_status` to find it; read its log and start it, or forget_cluster_node when it is gone for good.',
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
