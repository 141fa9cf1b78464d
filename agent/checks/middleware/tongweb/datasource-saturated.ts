import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebDatasourceSaturated = defineCheck({
  id: 'tongweb-datasource-saturated',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 数据源连接使用率高', en: 'High connection usage of TongWeb data source' },
  why: { zh: '用完后请求排队等连接，随后超时失败。', en: 'Once connections are exhausted, requests queue for one and then time out.' },
  remedy: {
    zh: '在控制台查看数据源监控；先查慢 SQL 与未归还的连接，再核对数据库最大连接数后增大 max-active。',
    en: 'Check data source monitoring in the console; first look for slow SQL and connections that are not returned, then raise max-active within the connection limit of the database.',
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
