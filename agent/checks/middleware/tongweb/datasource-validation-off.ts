import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { wrongWhen } from '../../middleware-rows.ts';

export const tongwebDatasourceValidationOff = defineCheck({
  id: 'tongweb-datasource-validation-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 数据源未验证连接', en: 'Connection validation disabled for TongWeb data source' },
  why: { zh: '数据库重启或防火墙断开后，应用会拿到坏连接而报错。', en: 'After a database restart or a firewall disconnection, applications receive broken connections and fail.' },
  remedy: {
    zh: '在控制台的数据源中设置 validation-query，并开启 test-on-borrow 或 test-while-idle；否则数据库重启后会取到失效连接。',
    en: 'Set validation-query for the data source in the console and enable test-on-borrow or test-while-idle; otherwise stale connections are handed out after a database restart.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide: data sources',

  evaluate({ middlewareTongweb: { rows, datasources } }) {
    return judgeParts(
      rows,
      datasources,
      ({ validated }) => wrongWhen(validated === undefined ? undefined : !validated),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
