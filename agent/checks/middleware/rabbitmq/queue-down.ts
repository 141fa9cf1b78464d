import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqQueueDown = defineCheck({
  id: 'rabbitmq-queue-down',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 队列不可用', en: 'RabbitMQ queue unavailable' },
  why: { zh: '发往它的消息失败或丢失，相应业务中断。', en: 'Messages sent to it fail or are lost, interrupting the business.' },
  remedy: {
    zh: '执行 `rabbitmqctl list_queues name type state` 找出状态不是 running 的队列；恢复其所在节点，仲裁队列检查是否失去多数派。',
    en: 'Run `rabbitmqctl list_queues name type state` to find queues that are not running; restore their nodes, and check whether a quorum queue has lost its majority.',
  },
  severity: 'critical',
  reads: ['middlewareRabbitmq'],
  unit: 'count',
  threshold: {},
  source: 'RabbitMQ HTTP API: state of a queue (down, crashed, stopped, minority)',

  evaluate({ middlewareRabbitmq: { rows } }) {
    return judgeInstances(rows, ({ downQueues }) => told(downQueues, (count) => (count > 0 ? [{ observed: count }] : [])));
  },
});
