import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const postgresqlConnectionsHigh = defineCheck({
  id: 'postgresql-connections-high',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 连接数接近上限', en: 'PostgreSQL connections near the limit' },
  why: { zh: '用完后应用拿不到连接，直接报错。', en: 'Once exhausted, applications get no connection and fail.' },
  remedy: {
    zh: '执行 `SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1 ORDER BY 2 DESC` 确认来源；收紧应用连接池或使用 PgBouncer，必要时提高 max_connections。',
    en: 'Run `SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1 ORDER BY 2 DESC` to see where they come from; reduce connection pools or use PgBouncer, and raise max_connections if necessary.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlTooManyConnections (80 %)',

  evaluate({ middlewarePostgresql: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ connections, maxConnections }) =>
      connections === undefined || !maxConnections ? 'silent' : above(Math.floor((connections / maxConnections) * 100), { warning: warningPercent }),
    );
  },
});
