import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rabbitmqDiskAlarm = defineCheck({
  id: 'rabbitmq-disk-alarm',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 触发磁盘告警，发布者被阻塞', en: 'RabbitMQ disk alarm: publishers blocked' },
  why: { zh: '所有发布者都被挂起，业务消息发不出去。', en: 'All publishers are blocked, so applications cannot send messages.' },
  remedy: {
    zh: '执行 `rabbitmq-diagnostics status` 查看 Free Disk Space；清理或扩容数据盘。',
    en: 'Run `rabbitmq-diagnostics status` and check Free Disk Space; free up space on the data disk or expand it.',
  },
  severity: 'critical',
  reads: ['middlewareRabbitmq'],
  unit: 'value',
  threshold: {},
  source: 'RabbitMQ documentation, "Memory and Disk Alarms"',

  evaluate({ middlewareRabbitmq: { members } }) {
    return judgeInstances(members, ({ running, diskAlarm }) => (running === false ? 'other' : wrongWhen(diskAlarm)));
  },
});
