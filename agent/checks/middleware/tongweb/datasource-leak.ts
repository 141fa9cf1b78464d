import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebDatasourceLeak = defineCheck({
  id: 'tongweb-datasource-leak',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 数据源存在连接泄漏', en: 'Connection leak in TongWeb data source' },
  why: { zh: '泄漏的连接不会归还，连接池耗尽后应用停止响应。', en: 'Leaked connections are never returned; once the pool is exhausted, the application stops responding.' },
  remedy: {
    zh: '执行 `grep -n "connection leak" logs/server.log | tail` 找到借出连接的代码位置；开启 leakCheck 或 remove-abandoned 并让开发方修复。',
    en: 'Run `grep -n "connection leak" logs/server.log | tail` to find the code that borrowed the connections; enable leakCheck or remove-abandoned and have the developers fix it.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'TongWeb monitor item LeakCount; log message "potential connection leak detected"',

  evaluate({ middlewareTongweb: { rows, datasources } }, { warningCount }) {
    return judgeParts(
      rows,
      datasources,
      ({ leaks }) => told(leaks, (count) => above(count, { warning: warningCount })),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
