import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlAutovacuumOff = defineCheck({
  id: 'postgresql-autovacuum-off',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 关闭了 autovacuum', en: 'PostgreSQL autovacuum disabled' },
  why: { zh: '表不断膨胀、查询变慢，最终因事务号回卷而停止写入。', en: 'Tables bloat and queries slow down, until transaction ID wraparound stops writes.' },
  remedy: {
    zh: '执行 `SHOW autovacuum` 确认；设为 on 并执行 `SELECT pg_reload_conf()`，避免表膨胀与事务 ID 回卷。',
    en: 'Run `SHOW autovacuum` to confirm; set it to on and run `SELECT pg_reload_conf()` to avoid table bloat and transaction ID wraparound.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, "The Autovacuum Daemon"',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ autovacuum }) => wrongWhen(autovacuum === undefined ? undefined : !autovacuum));
  },
});
