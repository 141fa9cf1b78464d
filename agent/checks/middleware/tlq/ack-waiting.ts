import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tlqAckWaiting = defineCheck({
  id: 'tlq-ack-waiting',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 有消息等待确认', en: 'TongLINK/Q messages awaiting acknowledgement' },
  why: {
    zh: '对端没有确认，消息可能重复或迟到，长期如此会占满队列。',
    en: 'The peer has not acknowledged the messages: they may be duplicated or delayed, and eventually fill the queue.',
  },
  remedy: {
    zh: '隔几分钟执行两次 `tlqstat -qcu <qcu> -c -ct 1` 对比待确认数；长期不变时检查对端与通道。',
    en: 'Run `tlqstat -qcu <qcu> -c -ct 1` twice, a few minutes apart; if the number awaiting acknowledgement does not change, check the peer and the channel.',
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
