import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tlqQueueNearlyFull = defineCheck({
  id: 'tlq-queue-nearly-full',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 队列接近装满', en: 'TongLINK/Q queue nearly full' },
  why: { zh: '装满后发送方被拒绝，消息发不出去。', en: 'Once the queue is full, senders are rejected and messages cannot be sent.' },
  remedy: {
    zh: '执行 `tlqstat -qcu <qcu> -c -ct 1` 查看就绪数；检查接收端是否消费，必要时扩大队列。',
    en: 'Run `tlqstat -qcu <qcu> -c -ct 1` to check ready messages; check that the receiver consumes them, and enlarge the queue if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'percent',
  threshold: { warningPercent: 70, criticalPercent: 90 },
  source: 'our own steps: 70 % / 90 % of MsgDesMax',

  evaluate({ middlewareTlq: { rows, queues } }, { warningPercent, criticalPercent }) {
    return judgeParts(rows, queues, ({ ready, capacity }) =>
      ready === undefined || !capacity ? 'silent' : above(Math.round((ready / capacity) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
