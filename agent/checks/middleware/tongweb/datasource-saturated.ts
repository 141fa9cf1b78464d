import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebDatasourceSaturated = defineCheck({
  id: 'tongweb-datasource-saturated',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 数据源连接使用率高', en: 'TongWeb data source nearly out of connections' },
  why: { zh: '用完后请求排队等连接，随后超时失败。', en: 'Once used up requests wait for a connection, then time out.' },
  remedy: {
    zh: '在控制台查看数据源监控；先查慢 SQL 与未归还的连接，再核对数据库最大连接数后增大 max-active。',
    en: 'See the data source in the console; look for slow SQL and connections that are not given back, then raise max-active within what the database allows.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'Grafana 19156 (TongWeb): 80 %; 95 %: requests are about to wait',

  evaluate({ middlewareTongweb: { rows, datasources } }, { warningPercent, criticalPercent }) {
    return judgeParts(
      rows,
      datasources,
      ({ usedPercent }) => told(usedPercent, (percent) => above(Math.round(percent), { warning: warningPercent, critical: criticalPercent })),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
