import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqMemoryHigh = defineCheck({
  id: 'rabbitmq-memory-high',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'resources',
  title: { zh: 'RabbitMQ 内存接近水位', en: 'RabbitMQ memory usage close to the high watermark' },
  why: { zh: '再涨就会触发告警，挂起全部发布者。', en: 'Any further growth triggers the memory alarm, which blocks all publishers.' },
  remedy: {
    zh: '执行 `rabbitmq-diagnostics memory_breakdown` 查看占用；检查积压队列与连接数。',
    en: 'Run `rabbitmq-diagnostics memory_breakdown`; check for queue backlogs and the number of connections.',
  },
  severity: 'warning',
  reads: ['middlewareRabbitmq'],
  unit: 'percent',
  threshold: { warningPercent: 90 },
  source: 'awesome-prometheus-alerts (RabbitMQ): RabbitmqMemoryHigh (90 %)',

  evaluate({ middlewareRabbitmq: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ running, memoryPercent }) =>
      running === false ? 'other' : told(memoryPercent, (percent) => above(Math.floor(percent), { warning: warningPercent })),
    );
  },
});
