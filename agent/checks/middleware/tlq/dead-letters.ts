import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tlqDeadLetters = defineCheck({
  id: 'tlq-dead-letters',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 死信队列有消息', en: 'TongLINK/Q holds dead letters' },
  why: { zh: '这些消息没有送达，对应的业务没有完成，需要人工处理。', en: 'They were not delivered, and what they stand for was not done until somebody deals with it.' },
  remedy: {
    zh: '执行 `tlqstat -qcu <qcu> -c -ct 1` 查看死信队列；查明无法投递的原因（目的队列、过期、超长），处理后由应用重发。',
    en: 'Run `tlqstat -qcu <qcu> -c -ct 1` for the dead letter queue; find why they could not be delivered (destination, expiry, length), then let the application send them again.',
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
