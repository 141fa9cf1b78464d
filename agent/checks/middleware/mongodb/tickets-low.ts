import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const mongodbTicketsLow = defineCheck({
  id: 'mongodb-tickets-low',
  area: 'middleware',
  product: 'mongodb',
  group: 'resources',
  title: { zh: 'MongoDB 并发票据不足', en: 'MongoDB concurrency tickets nearly exhausted' },
  why: { zh: '存储引擎已到并发极限，新操作只能等待，时延陡增。', en: 'The storage engine is at its concurrency limit: new operations must wait, and latency rises sharply.' },
  remedy: {
    zh: '执行 `db.serverStatus().wiredTiger.concurrentTransactions` 查看；检查磁盘延迟与慢查询，票据耗尽时操作排队。',
    en: 'Run `db.serverStatus().wiredTiger.concurrentTransactions` to check; look at disk latency and slow queries, because operations queue when tickets run out.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { warningCount: 49 },
  source: 'MongoDB manual, "serverStatus": wiredTiger.concurrentTransactions, 128 by default; practice: fewer than 50 left; from 7.0 on the server moves their number by itself',

  evaluate({ middlewareMongodb: { members } }, { warningCount }) {
    return judgeInstances(members, ({ role, router, dynamicTickets, freeReadTickets, freeWriteTickets }) => {
      if (role === 'arbiter' || router || dynamicTickets) return 'other';
      if (freeReadTickets === undefined || freeWriteTickets === undefined) return 'silent';
      return below(Math.min(freeReadTickets, freeWriteTickets), { warning: warningCount });
    });
  },
});
