import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqQueueUnreplicated = defineCheck({
  id: 'rabbitmq-queue-unreplicated',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'configuration',
  title: { zh: 'RabbitMQ 集群中存在没有副本的持久队列', en: 'Durable queues without replicas in RabbitMQ cluster' },
  why: { zh: '所在节点故障时这些队列不可用，磁盘损坏则消息丢失。', en: 'If their node fails, they are unavailable; if its disk is damaged, messages are lost.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_queues name type durable`；重要队列改用 x-queue-type=quorum。',
    en: 'Run `rabbitmqctl list_queues name type durable`; use x-queue-type=quorum for important queues.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'RabbitMQ documentation, "Quorum Queues": the replicated queue type; practice: info, because transient queues are legitimate',

  evaluate({ middlewareRabbitmq: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ mode, unreplicatedQueues }) => {
      if (mode === 'standalone') return 'other';
      return told(unreplicatedQueues, (count) => above(count, { info: infoCount }));
    });
  },
});
