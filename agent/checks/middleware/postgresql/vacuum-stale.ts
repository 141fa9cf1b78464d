import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlVacuumStale = defineCheck({
  id: 'postgresql-vacuum-stale',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 表长期未清理', en: 'PostgreSQL tables not vacuumed for a long time' },
  why: {
    zh: '死元组堆积、统计信息过时，查询变慢，事务号逐步耗尽。',
    en: 'Dead rows accumulate and statistics become stale: queries slow down, and transaction IDs are gradually used up.',
  },
  remedy: {
    zh: '执行 `SELECT relname, last_vacuum, last_autovacuum FROM pg_stat_user_tables WHERE n_dead_tup > 10000`；确认 autovacuum 未被关闭或阻塞。',
    en: 'Run `SELECT relname, last_vacuum, last_autovacuum FROM pg_stat_user_tables WHERE n_dead_tup > 10000`; make sure that autovacuum is neither disabled nor blocked.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlTableNotAutoVacuumed (10 days), of tables with more than 10 000 dead rows',

  evaluate({ middlewarePostgresql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ unvacuumedTables }) => told(unvacuumedTables, (count) => above(count, { warning: warningCount })));
  },
});
