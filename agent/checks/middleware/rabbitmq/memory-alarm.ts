import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const rabbitmqMemoryAlarm = defineCheck({
  id: 'rabbitmq-memory-alarm',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'load',
  title: { zh: 'RabbitMQ 触发内存告警，发布者被阻塞', en: 'RabbitMQ memory alarm: publishers blocked' },
  why: { zh: '所有发布者都被挂起，业务消息发不出去。', en: 'All publishers are blocked, so applications cannot send messages.' },
  remedy: {
    zh: '执行 `rabbitmq-diagnostics memory_breakdown` 查看占用；让消费者跟上，或增加内存后调整 vm_memory_high_watermark。',
    en: 'Run `rabbitmq-diagnostics memory_breakdown` to see what uses the memory; let consumers catch up, or add memory and adjust vm_memory_high_watermark.',
  },
  severity: 'critical',
  reads: ['middlewareRabbitmq'],
  unit: 'value',
  threshold: {},
  source: 'RabbitMQ documentation, "Memory and Disk Alarms"',

  evaluate({ middlewareRabbitmq: { members } }) {
    return judgeInstances(members, ({ running, memoryAlarm }) => (running === false ? 'other' : wrongWhen(memoryAlarm)));
  },
});
