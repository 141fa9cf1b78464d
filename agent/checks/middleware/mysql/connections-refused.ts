import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlConnectionsRefused = defineCheck({
  id: 'mysql-connections-refused',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 曾因连接数达到上限而拒绝连接', en: 'MySQL refused connections at the connection limit' },
  why: { zh: '当时有应用连不上数据库，同样的高峰还会再现。', en: 'Applications could not connect at the time, and the same peak may recur.' },
  remedy: {
    zh: "执行 `SHOW GLOBAL STATUS LIKE 'Connection_errors_max_connections'` 与 `LIKE 'Max_used_connections%'` 查看发生时间；收紧连接池或提高 max_connections。该计数自启动起累计。",
    en: "Run `SHOW GLOBAL STATUS LIKE 'Connection_errors_max_connections'` and `LIKE 'Max_used_connections%'` to see when it happened; reduce connection pools or raise max_connections. The counter is cumulative since the server started.",
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'MySQL manual: Connection_errors_max_connections; practice: any, a refused connection is a refused user',

  evaluate({ middlewareMysql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ refusedConnections }) => told(refusedConnections, (count) => above(count, { warning: warningCount })));
  },
});
