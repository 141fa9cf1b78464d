import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqMirroredClassic = defineCheck({
  id: 'rabbitmq-mirrored-classic',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'configuration',
  title: { zh: 'RabbitMQ 使用经典镜像队列（4.0 已移除）', en: 'RabbitMQ classic mirrored queues in use (removed in 4.0)' },
  why: { zh: '升级到 4.0 后这些队列不再有副本，节点故障会丢消息。', en: 'After an upgrade to 4.0 these queues are no longer replicated, and a node failure loses messages.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_policies` 查看含 ha-mode 的策略；按计划迁移到仲裁队列，再升级到 4.x。',
    en: 'Run `rabbitmqctl list_policies` and look for ha-mode; plan the migration to quorum queues before upgrading to 4.x.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'RabbitMQ 4.0 release notes: mirroring of classic queues removed',

  evaluate({ middlewareRabbitmq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mirroredQueues }) => told(mirroredQueues, (count) => above(count, { warning: warningCount })));
  },
});
