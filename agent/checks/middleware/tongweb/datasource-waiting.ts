import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebDatasourceWaiting = defineCheck({
  id: 'tongweb-datasource-waiting',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 有线程在等待数据库连接', en: 'TongWeb threads waiting for a database connection' },
  why: { zh: '请求卡在等连接，用户感到变慢，可能随即超时。', en: 'Requests are stuck waiting; users experience delays, and timeouts may follow.' },
  remedy: {
    zh: '在控制台查看数据源的等待线程数；检查数据库响应与连接泄漏。',
    en: 'Check the number of waiting threads of the data source in the console; check database response times and look for connection leaks.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'TongWeb monitor items ThreadsAwaitingConnection and waitCount: 0 in a healthy pool',

  evaluate({ middlewareTongweb: { rows, datasources } }, { warningCount }) {
    return judgeParts(
      rows,
      datasources,
      ({ waiting }) => told(waiting, (count) => above(count, { warning: warningCount })),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
