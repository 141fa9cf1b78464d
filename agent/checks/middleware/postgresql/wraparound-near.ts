import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlWraparoundNear = defineCheck({
  id: 'postgresql-wraparound-near',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 事务 ID 接近回卷', en: 'PostgreSQL transaction IDs close to wraparound' },
  why: { zh: '耗尽后数据库拒绝一切写入，只能停机清理。', en: 'Once they are exhausted, the database refuses all writes and can only be vacuumed during downtime.' },
  remedy: {
    zh: '执行 `SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC`；结束长事务与无用的复制槽，对该库执行 `VACUUM (FREEZE)`。',
    en: 'Run `SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC`; end long transactions, drop unused replication slots, and run `VACUUM (FREEZE)` in that database.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { warningCount: 1_500_000_000, criticalCount: 2_000_000_000 },
  source: 'PostgreSQL manual, "Preventing Transaction ID Wraparound" (about 2.1e9); practice: 1.5e9, critical at 2e9',

  evaluate({ middlewarePostgresql: { members } }, { warningCount, criticalCount }) {
    return judgeInstances(members, ({ transactionIdAge }) => told(transactionIdAge, (age) => above(age, { warning: warningCount, critical: criticalCount })));
  },
});
