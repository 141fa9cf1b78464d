import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosDefaultPassword = defineCheck({
  id: 'nacos-default-password',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 使用默认口令', en: 'Nacos uses the default password' },
  why: { zh: '默认口令人人知道，可读写全部配置与服务注册信息。', en: 'The default is public and gives access to all configurations and registrations.' },
  remedy: {
    zh: '登录控制台修改 nacos 用户的口令；2.4 起首次启动时须自行设置。',
    en: 'Change the password of the nacos user in the console; since 2.4 it must be set at first start.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Authorization": nacos/nacos was the default until 2.4',

  evaluate({ middlewareNacos: { rows } }) {
    return judgeInstances(rows, ({ defaultPassword }) => (defaultPassword === undefined ? 'other' : wrongWhen(defaultPassword)));
  },
});
