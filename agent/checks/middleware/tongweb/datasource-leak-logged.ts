import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebDatasourceLeakLogged = defineCheck({
  id: 'tongweb-datasource-leak-logged',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志出现连接泄漏', en: 'Connection leaks in TongWeb log' },
  why: { zh: '应用没有归还连接，长期运行后连接池会耗尽。', en: 'The application does not return connections, and over time the pool is exhausted.' },
  remedy: {
    zh: '执行 `grep -n "connection leak" logs/server.log | tail` 查看借出位置，由开发方在 finally 中关闭连接。',
    en: 'Run `grep -n "connection leak" logs/server.log | tail` to see where they were borrowed; have the developers close connections in finally.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'TongWeb log message "potential connection leak detected"',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { warningCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) => (pattern === 'connection-leak' ? above(count, { warning: warningCount }) : 'other'));
  },
});
