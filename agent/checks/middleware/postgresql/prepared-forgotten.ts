import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlPreparedForgotten = defineCheck({
  id: 'postgresql-prepared-forgotten',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 存在遗留的两阶段事务', en: 'Orphaned PostgreSQL prepared transaction' },
  why: {
    zh: '它一直持有锁并阻止清理，最终导致事务号回卷、停止写入。',
    en: 'It holds locks and prevents vacuum, which eventually leads to transaction ID wraparound and stops writes.',
  },
  remedy: {
    zh: '执行 `SELECT gid, prepared, owner FROM pg_prepared_xacts`；由事务管理器确认后执行 COMMIT PREPARED 或 ROLLBACK PREPARED。',
    en: 'Run `SELECT gid, prepared, owner FROM pg_prepared_xacts`; after checking with the transaction manager, run COMMIT PREPARED or ROLLBACK PREPARED.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'seconds',
  threshold: { warningSeconds: 3_600 },
  source: 'PostgreSQL manual, PREPARE TRANSACTION: it holds locks and keeps VACUUM from cleaning, over restarts too',

  evaluate({ middlewarePostgresql: { members } }, { warningSeconds }) {
    return judgeInstances(members, ({ preparedSeconds }) => told(preparedSeconds, (seconds) => above(seconds, { warning: warningSeconds })));
  },
});
