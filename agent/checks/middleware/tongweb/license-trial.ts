import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebLicenseTrial = defineCheck({
  id: 'tongweb-license-trial',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 使用试用或测试授权', en: 'Trial or test licence used by TongWeb' },
  why: { zh: '试用授权很快到期，且有功能或连接限制，也不享受厂商支持。', en: 'It expires soon, limits functions or connections, and does not include vendor support.' },
  remedy: {
    zh: '执行 `bin/version.sh` 查看 license_type；测试授权把通道限制为 5 个线程，生产环境请更换为 release 授权。',
    en: 'Run `bin/version.sh` and check license_type; a test licence limits a listener to 5 threads, so use a release licence in production.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb log message "License limits the connector to a maximum of 5 threads"; license_type of version.sh',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ licenseKind }) => (licenseKind === undefined ? 'silent' : wrongWhen(licenseKind === 'trial')));
  },
});
