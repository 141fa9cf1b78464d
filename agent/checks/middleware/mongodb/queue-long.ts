import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbQueueLong = defineCheck({
  id: 'mongodb-queue-long',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 排队的操作过多', en: 'Too many queued MongoDB operations' },
  why: { zh: '请求在排队等锁或资源，应用响应变慢并可能超时。', en: 'Requests wait for locks or resources: applications respond slowly and may time out.' },
  remedy: {
    zh: '执行 `db.currentOp({waitingForLock: true})` 与 `db.serverStatus().globalLock` 查看；优化慢查询与长事务。',
    en: 'Run `db.currentOp({waitingForLock: true})` and `db.serverStatus().globalLock` to check; tune slow queries and long transactions.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { warningCount: 100 },
  source: 'MongoDB manual, "serverStatus": globalLock.currentQueue; practice: 100 operations that wait',

  evaluate({ middlewareMongodb: { members } }, { warningCount }) {
    return judgeInstances(members, ({ role, router, queuedOperations }) =>
      role === 'arbiter' || router ? 'other' : told(queuedOperations, (count) => above(count, { warning: warningCount })),
    );
  },
});
