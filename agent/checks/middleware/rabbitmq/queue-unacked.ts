import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqQueueUnacked = defineCheck({
  id: 'rabbitmq-queue-unacked',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 队列有大量未确认消息', en: 'Many unacknowledged messages in RabbitMQ queue' },
  why: { zh: '消费者可能卡住，消息不会重新投递，直到连接断开。', en: 'The consumer may be stuck, and the messages are not redelivered until it disconnects.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_queues name messages_unacknowledged consumers` 找出队列；检查消费者是否卡住，并设置合理的 prefetch。',
    en: 'Run `rabbitmqctl list_queues name messages_unacknowledged consumers` to find the queue; check whether its consumers are stuck, and set a sensible prefetch.',
  },
  severity: 'warning',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: { warningCount: 1_001 },
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqTooManyUnackMessages (> 1000)',

  evaluate({ middlewareRabbitmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ fullestUnacked }) => told(fullestUnacked, (count) => above(count, { warning: warningCount })));
  },
});
