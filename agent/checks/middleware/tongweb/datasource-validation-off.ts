import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { wrongWhen } from '../../middleware-rows.ts';

export const tongwebDatasourceValidationOff = defineCheck({
  id: 'tongweb-datasource-validation-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 数据源未验证连接', en: 'TongWeb data source does not validate connections' },
  why: { zh: '数据库重启或防火墙断开后，应用会拿到坏连接而报错。', en: 'After a restart of the database or a cut by a firewall, applications get dead connections and fail.' },
  remedy: {
    zh: '在控制台的数据源中设置 validation-query，并开启 test-on-borrow 或 test-while-idle；否则数据库重启后会取到失效连接。',
    en: 'Set a validation-query at the data source and turn test-on-borrow or test-while-idle on; otherwise dead connections are handed out after the database was restarted.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide on data sources',

  evaluate({ middlewareTongweb: { rows, datasources } }) {
    return judgeParts(
      rows,
      datasources,
      ({ validated }) => wrongWhen(validated === undefined ? undefined : !validated),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
