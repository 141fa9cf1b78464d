import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqProcessesHigh = defineCheck({
  id: 'rabbitmq-processes-high',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'resources',
  title: { zh: 'RabbitMQ Erlang 进程数接近上限', en: 'RabbitMQ Erlang processes close to the limit' },
  why: { zh: '用完后无法再建连接和队列，节点可能崩溃。', en: 'Once the limit is reached, no connections or queues can be created, and the node may crash.' },
  remedy: {
    zh: '执行 `rabbitmq-diagnostics status` 查看 Erlang Processes；检查连接、通道与队列是否泄漏。',
    en: 'Run `rabbitmq-diagnostics status` and check Erlang Processes; look for connection, channel and queue leaks.',
  },
  severity: 'warning',
  reads: ['middlewareRabbitmq'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'RabbitMQ documentation, "Monitoring" (process usage); practice: 80 %',

  evaluate({ middlewareRabbitmq: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ running, processesPercent }) =>
      running === false ? 'other' : told(processesPercent, (percent) => above(Math.floor(percent), { warning: warningPercent })),
    );
  },
});
