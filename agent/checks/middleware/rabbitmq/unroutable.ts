import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rabbitmqUnroutable = defineCheck({
  id: 'rabbitmq-unroutable',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 有消息无法路由', en: 'Unroutable RabbitMQ messages' },
  why: {
    zh: '这些消息没有进入任何队列：被丢弃，或退回给未必处理的发送方。',
    en: 'These messages reached no queue: they were discarded, or returned to a publisher that may not handle them.',
  },
  remedy: {
    zh: '执行 `rabbitmqctl list_bindings` 核对交换机与队列的绑定；发布者设置 mandatory 或备用交换机。该计数自启动起累计。',
    en: 'Run `rabbitmqctl list_bindings` and check the bindings between exchanges and queues; have publishers set mandatory, or use an alternate exchange. The counter is cumulative since the server started.',
  },
  severity: 'info',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqUnroutableMessages; RabbitMQ cluster operator: UnroutableMessages',

  evaluate({ middlewareRabbitmq: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ unroutableMessages = 0, reach }) => (reach === 'ok' || reach === 'partial' ? above(unroutableMessages, { info: infoCount }) : 'silent'));
  },
});
