import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebLicenseVersionMismatch = defineCheck({
  id: 'tongweb-license-version-mismatch',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 授权与产品版本不符', en: 'TongWeb licence does not match the product version' },
  why: { zh: '下次重启时授权会校验失败，应用起不来。', en: 'Licence validation will fail at the next restart, and the applications will not start.' },
  remedy: {
    zh: '执行 `bin/version.sh` 对比产品版本与 TW_Version_Number；7.0.4.x 的授权不能用于 7.0.8/8.0，请换发对应版本的授权。',
    en: 'Run `bin/version.sh` and compare the product version with TW_Version_Number; a licence for 7.0.4.x is not valid for 7.0.8/8.0, so obtain one for the installed version.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb licence notes: editions and lines are not interchangeable; log message "License is not for this version of product"',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ licenseState, licenseLine, line }) => {
      if (licenseState === 'wrong-version') return [{ observed: 'license-wrong-version' }];
      if (licenseLine !== undefined && line !== 'unknown') return wrongWhen(licenseLine !== line, { observed: licenseLine, threshold: line });
      return licenseState === undefined ? 'silent' : [];
    });
  },
});
