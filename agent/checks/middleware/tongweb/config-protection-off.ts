import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebConfigProtectionOff = defineCheck({
  id: 'tongweb-config-protection-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 配置防篡改未开启', en: 'TongWeb configuration tamper protection disabled' },
  why: { zh: '配置被改动时没有人知道，也不会恢复。', en: 'If the configuration is tampered with, nobody notices and it is not restored.' },
  remedy: {
    zh: '在控制台安全设置中开启配置保护；开启后修改 tongweb.xml 需要先停止服务。',
    en: 'Enable configuration protection in the console security settings; after that, the server must be stopped before tongweb.xml is changed.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 baseline item checkConfigProtection',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ configProtection, line }) =>
      configProtection === undefined && line !== 'tongweb-8' ? 'other' : wrongWhen(configProtection === undefined ? undefined : !configProtection),
    );
  },
});
