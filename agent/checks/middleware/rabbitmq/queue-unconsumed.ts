import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqQueueUnconsumed = defineCheck({
  id: 'rabbitmq-queue-unconsumed',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 队列有消息但没有消费者', en: 'RabbitMQ queue with messages but no consumers' },
  why: { zh: '消息没有人处理，业务停在那里，积压会越来越多。', en: 'The messages are not processed: that business stalls, and the backlog grows.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_queues name messages_ready consumers`；恢复消费者，死信与延迟队列请加入豁免。',
    en: 'Run `rabbitmqctl list_queues name messages_ready consumers`; restore the consumers, and add an exemption for dead-letter and delay queues.',
  },
  severity: 'warning',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqNoQueueConsumer; RabbitMQ cluster operator: QueueHasNoConsumers',

  evaluate({ middlewareRabbitmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ unconsumedQueues }) => told(unconsumedQueues, (count) => above(count, { warning: warningCount })));
  },
});
