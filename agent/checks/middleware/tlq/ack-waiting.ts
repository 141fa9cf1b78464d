import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tlqAckWaiting = defineCheck({
  id: 'tlq-ack-waiting',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 有消息等待确认', en: 'TongLINK/Q messages wait to be acknowledged' },
  why: { zh: '对端没有确认，消息可能重复或迟到，长期如此会占满队列。', en: 'The other side has not confirmed: messages may come twice or late, and fill the queue in time.' },
  remedy: {
    zh: '隔几分钟执行两次 `tlqstat -qcu <qcu> -c -ct 1` 对比待确认数；长期不变时检查对端与通道。',
    en: 'Run `tlqstat -qcu <qcu> -c -ct 1` twice some minutes apart; if the number stays, check the other side and the channel.',
  },
  severity: 'info',
  reads: ['middlewareTlq'],
  unit: 'count',
  threshold: { infoCount: 100 },
  source: 'practice: 100 in one look; whether they move needs a second one',

  evaluate({ middlewareTlq: { rows, queues } }, { infoCount }) {
    return judgeParts(rows, queues, ({ waitingAck }) => told(waitingAck, (count) => above(count, { info: infoCount })));
  },
});
