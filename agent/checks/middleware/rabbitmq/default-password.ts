import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rabbitmqDefaultPassword = defineCheck({
  id: 'rabbitmq-default-password',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'configuration',
  title: { zh: 'RabbitMQ guest 默认口令可登录', en: 'RabbitMQ guest account with default password' },
  why: { zh: '默认口令人人知道，可读取、删除全部队列与消息。', en: 'Anyone can use this well-known password to read and delete all messages.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_users` 确认；执行 `rabbitmqctl delete_user guest`，为应用建立各自的账号。',
    en: 'Run `rabbitmqctl list_users`; then run `rabbitmqctl delete_user guest` and create a separate account for each application.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareRabbitmq'],
  unit: 'value',
  threshold: {},
  source: 'RabbitMQ documentation, "Production Checklist"; tried only when declared',

  evaluate({ middlewareRabbitmq: { rows } }) {
    return judgeInstances(rows, ({ defaultPassword }) => (defaultPassword === undefined ? 'other' : wrongWhen(defaultPassword)));
  },
});
