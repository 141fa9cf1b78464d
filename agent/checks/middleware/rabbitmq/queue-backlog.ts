import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqQueueBacklog = defineCheck({
  id: 'rabbitmq-queue-backlog',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 队列积压', en: 'RabbitMQ queue backlog' },
  why: { zh: '消息处理不及时，业务延迟增大，内存与磁盘会被占满。', en: 'Messages are processed late, and memory and disk may fill up.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_queues name messages_ready consumers` 找出队列；检查消费者是否变慢，必要时扩容或设置 max-length。',
    en: 'Run `rabbitmqctl list_queues name messages_ready consumers` to find it; check whether consumers are slow, and add consumers or set max-length if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: { warningCount: 1_001 },
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqTooManyReadyMessages (> 1000)',

  evaluate({ middlewareRabbitmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ fullestReady }) => told(fullestReady, (count) => above(count, { warning: warningCount })));
  },
});
