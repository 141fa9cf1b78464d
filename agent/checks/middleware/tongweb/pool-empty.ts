import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebPoolEmpty = defineCheck({
  id: 'tongweb-pool-empty',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志出现数据源连接耗尽', en: 'Data source connections exhausted in TongWeb log' },
  why: { zh: '当时的请求拿不到数据库连接而失败，高峰还会再现。', en: 'Requests could not get a connection and failed; the next peak may cause this again.' },
  remedy: {
    zh: '执行 `grep -n "Pool empty" logs/server.log | tail` 看发生时间；检查慢 SQL、泄漏与数据库状态，再考虑增大 max-active。',
    en: 'Run `grep -n "Pool empty" logs/server.log | tail` to see when it happened; check slow SQL, leaks and the database state before raising max-active.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'TongWeb log message "Pool empty. Unable to fetch a connection"',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { criticalCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) => (pattern === 'pool-empty' ? above(count, { critical: criticalCount }) : 'other'));
  },
});
