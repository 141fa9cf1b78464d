import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tlqAckStuck = defineCheck({
  id: 'tlq-ack-stuck',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 待确认消息数长时间不变', en: 'TongLINK/Q messages stuck awaiting acknowledgement' },
  why: {
    zh: '对端没有确认，消息停在传输中：对应业务没有完成，发送队列会逐步占满。',
    en: 'The peer does not acknowledge, so messages stay in transit: the business is not completed, and the send queue fills up.',
  },
  remedy: {
    zh: '执行 `tlqstat -qcu <qcu> -c -ct 1` 确认待确认数不变；检查对端接收程序是否提交，再用 `tlqstat -snd <qcu> -1 -ct 1` 查看发送通道。',
    en: 'Run `tlqstat -qcu <qcu> -c -ct 1` to confirm that the number is not changing; check that the receiving program commits, then check the send channel with `tlqstat -snd <qcu> -1 -ct 1`.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'minutes',
  threshold: { warningMinutes: 30 },
  source: 'our own step: messages wait, and their number has not moved for 30 minutes',

  evaluate({ middlewareTlq: { rows, queues } }, { warningMinutes }) {
    return judgeParts(rows, queues, ({ waitingAck, ackStandingSeconds }) => {
      if (waitingAck === 0) return [];
      return told(waitingAck === undefined ? undefined : ackStandingSeconds, (seconds) => above(Math.floor(seconds / 60), { warning: warningMinutes }));
    });
  },
});
