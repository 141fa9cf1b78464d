import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { wrongWhen } from '../../middleware-rows.ts';

export const tongwebDatasourceAbandonedOff = defineCheck({
  id: 'tongweb-datasource-abandoned-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 数据源未开启泄漏回收', en: 'Leak recovery disabled for TongWeb data source' },
  why: { zh: '应用忘记归还的连接不会被收回，连接池会逐步耗尽。', en: 'Connections that the application fails to return are never reclaimed, and the pool is gradually exhausted.' },
  remedy: {
    zh: '在控制台的数据源中开启 leakCheck（7.0.4.9 起）或 remove-abandoned，并设置合适的超时。',
    en: 'Enable leakCheck (since 7.0.4.9) or remove-abandoned for the data source in the console, and set a suitable timeout.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide: remove-abandoned and leakCheck of data sources',

  evaluate({ middlewareTongweb: { rows, datasources } }) {
    return judgeParts(
      rows,
      datasources,
      ({ leakDetection }) => wrongWhen(leakDetection === undefined ? undefined : !leakDetection),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
