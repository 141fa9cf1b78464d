import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tlqDeadLetters = defineCheck({
  id: 'tlq-dead-letters',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 死信队列有消息', en: 'Messages in TongLINK/Q dead-letter queue' },
  why: {
    zh: '这些消息没有送达，对应的业务没有完成，需要人工处理。',
    en: 'These messages were not delivered, so the corresponding business is incomplete and needs manual handling.',
  },
  remedy: {
    zh: '执行 `tlqstat -qcu <qcu> -c -ct 1` 查看死信队列；查明无法投递的原因（目的队列、过期、超长），处理后由应用重发。',
    en: 'Run `tlqstat -qcu <qcu> -c -ct 1` and check the dead-letter queue; find out why the messages could not be delivered (destination queue, expiry, length), then have the application resend them.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'our own step: a message that was given up is one too many',

  evaluate({ middlewareTlq: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ deadLetters }) => told(deadLetters, (count) => above(count, { warning: warningCount })));
  },
});
