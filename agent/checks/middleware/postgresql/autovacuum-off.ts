import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlAutovacuumOff = defineCheck({
  id: 'postgresql-autovacuum-off',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 关闭了 autovacuum', en: 'PostgreSQL runs without autovacuum' },
  remedy: {
    zh: '执行 `SHOW autovacuum` 确认；设为 on 并执行 `SELECT pg_reload_conf()`，避免表膨胀与事务 ID 回卷。',
    en: 'Run `SHOW autovacuum`; set it on and `SELECT pg_reload_conf()`, or tables bloat and transaction ids wrap around.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, "The Autovacuum Daemon"',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ autovacuum }) => wrongWhen(autovacuum === undefined ? undefined : !autovacuum));
  },
});
