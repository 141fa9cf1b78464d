import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const mysqlConnectionsHigh = defineCheck({
  id: 'mysql-connections-high',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 连接数接近上限', en: 'MySQL connections near the limit' },
  why: {
    zh: '用完后应用拿不到连接，直接报错；管理员也可能登录不进去。',
    en: 'Once exhausted, applications get no connection and fail, and administrators may be unable to log in too.',
  },
  remedy: {
    zh: "执行 `SHOW GLOBAL STATUS LIKE 'Threads_connected'` 与 `SHOW PROCESSLIST`，确认连接来自哪些应用；收紧应用连接池，或在内存允许时提高 max_connections。",
    en: "Run `SHOW GLOBAL STATUS LIKE 'Threads_connected'` and `SHOW PROCESSLIST` to see which applications connect; reduce their connection pools, or raise max_connections if memory allows.",
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'awesome-prometheus-alerts (MySQL): MysqlTooManyConnections (80 %)',

  evaluate({ middlewareMysql: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ connections, maxConnections }) =>
      connections === undefined || !maxConnections ? 'silent' : above(Math.floor((connections / maxConnections) * 100), { warning: warningPercent }),
    );
  },
});
