import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlTransactionLong = defineCheck({
  id: 'postgresql-transaction-long',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 存在长时间未结束的事务', en: 'Long-running PostgreSQL transaction' },
  why: { zh: '它阻止清理并可能持有锁，表膨胀，其他事务等待。', en: 'It prevents vacuum and may hold locks, so tables bloat and other transactions wait.' },
  remedy: {
    zh: '执行 `SELECT pid, usename, xact_start FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY 3` 确认来源；备份属正常，其余请优化或确认后 pg_terminate_backend。',
    en: 'Run `SELECT pid, usename, xact_start FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY 3` to identify the source; backups are expected, so optimise the others or, once you are sure, use pg_terminate_backend.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'seconds',
  threshold: { warningSeconds: 3_600 },
  source: 'practice: an hour; dumps and reports take minutes, and nothing is cleaned meanwhile',

  evaluate({ middlewarePostgresql: { members } }, { warningSeconds }) {
    return judgeInstances(members, ({ longestTransactionSeconds }) => told(longestTransactionSeconds, (seconds) => above(seconds, { warning: warningSeconds })));
  },
});
