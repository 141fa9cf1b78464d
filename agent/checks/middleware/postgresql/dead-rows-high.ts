import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlDeadRowsHigh = defineCheck({
  id: 'postgresql-dead-rows-high',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 表内死元组过多', en: 'Too many dead tuples in PostgreSQL tables' },
  why: { zh: '表和索引膨胀，查询变慢，磁盘占用增长。', en: 'Tables and indexes bloat: queries slow down and disk usage grows.' },
  remedy: {
    zh: '执行 `SELECT relname, n_dead_tup, n_live_tup FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 10`；检查长事务，调低该表的 autovacuum_vacuum_scale_factor 或手工 VACUUM。',
    en: 'Run `SELECT relname, n_dead_tup, n_live_tup FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 10`; check for long transactions, lower autovacuum_vacuum_scale_factor for the table, or run VACUUM manually.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlTooManyDeadTuples (≥ 10 %, of tables with more than 10 000 dead rows)',

  evaluate({ middlewarePostgresql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ bloatedTables }) => told(bloatedTables, (count) => above(count, { warning: warningCount })));
  },
});
