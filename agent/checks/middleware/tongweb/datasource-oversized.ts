import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebDatasourceOversized = defineCheck({
  id: 'tongweb-datasource-oversized',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 数据源最大连接数过大', en: 'Maximum connections of TongWeb data source too high' },
  why: { zh: '过多连接会压垮数据库，高峰时反而更慢。', en: 'Too many connections may overwhelm the database and make it even slower at peak times.' },
  remedy: {
    zh: '对比所有实例 max-active 之和与数据库的最大连接数；按 “并发 SQL 数 × 1.2” 收敛，超出数据库上限时连接会被拒绝。',
    en: 'Compare the sum of max-active across all instances with the connection limit of the database; size it for concurrent SQL statements × 1.2, as connections beyond the database limit are refused.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 500 },
  source: 'practice: the sum over instances must stay within the database limit; 500 in one pool is rarely meant',

  evaluate({ middlewareTongweb: { rows, datasources } }, { warningCount }) {
    return judgeParts(
      rows,
      datasources,
      ({ maxActive }) => told(maxActive, (count) => above(count, { warning: warningCount })),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
