import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlIdleInTransaction = defineCheck({
  id: 'postgresql-idle-in-transaction',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 会话长时间空闲在事务中', en: 'PostgreSQL session idle in transaction for too long' },
  why: { zh: '它持有锁并阻止清理，其他会话等待，表持续膨胀。', en: 'It holds locks and prevents vacuum, so other sessions wait and tables keep bloating.' },
  remedy: {
    zh: "执行 `SELECT pid, usename, state_change FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' ORDER BY 3` 确认应用；修正未提交的代码，并设置 idle_in_transaction_session_timeout。",
    en: "Run `SELECT pid, usename, state_change FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' ORDER BY 3` to identify the application; fix the code that does not commit, and set idle_in_transaction_session_timeout.",
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'seconds',
  threshold: { warningSeconds: 120 },
  source: 'PostgreSQL manual, idle_in_transaction_session_timeout; practice: 2 min; it holds locks and keeps VACUUM from cleaning, and does nothing',

  evaluate({ middlewarePostgresql: { members } }, { warningSeconds }) {
    return judgeInstances(members, ({ idleInTransactionSeconds }) => told(idleInTransactionSeconds, (seconds) => above(seconds, { warning: warningSeconds })));
  },
});
