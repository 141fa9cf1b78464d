import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const thsApiOpen = defineCheck({
  id: 'ths-api-open',
  area: 'middleware',
  product: 'ths',
  group: 'configuration',
  title: { zh: 'TongHttpServer 监控接口未限制来源', en: 'Unrestricted access to TongHttpServer monitoring API' },
  why: { zh: '任何人都能看到后端与流量，便于踩点，甚至影响配置。', en: 'Anyone can see backends and traffic, which aids reconnaissance and may affect the configuration.' },
  remedy: {
    zh: '在 httpserver.conf 的 thsapi 位置加入 allow 与 `deny all`。',
    en: 'Add allow and `deny all` to the thsapi location in httpserver.conf.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareThs'],
  unit: 'value',
  threshold: {},
  source: 'THS monitoring manual: the default has neither allow nor deny',

  evaluate({ middlewareThs: { rows } }) {
    return judgeInstances(rows, ({ apiRestricted }) => wrongWhen(apiRestricted === undefined ? undefined : !apiRestricted));
  },
});
