import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebLicenseExpired = defineCheck({
  id: 'tongweb-license-expired',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 授权已到期、缺失或无效', en: 'TongWeb licence expired, missing or invalid' },
  why: { zh: '服务可能拒绝启动，下次重启后应用就起不来。', en: 'TongWeb may refuse to start, so the applications will not come back after the next restart.' },
  remedy: {
    zh: '执行 `grep -n -i license logs/server.log | tail` 与 `bin/version.sh` 核对；授权失效后 TongWeb 在每日 06:00 的检查中停止服务，请立即更换 license.dat。',
    en: 'Run `grep -n -i license logs/server.log | tail` and `bin/version.sh`; without a valid licence, TongWeb stops at its daily check at 06:00, so replace license.dat immediately.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb FAQ and log messages (License expired, Lisence file not found, Invaild license); expiry stops a healthy server',

  evaluate({ middlewareTongweb: { rows } }, _threshold, { now }) {
    return judgeInstances(rows, ({ licenseState, licenseEndsAt, line }) => {
      if (line === 'embedded' && licenseState === undefined) return 'other';
      if (licenseState !== undefined && licenseState !== 'ok' && licenseState !== 'wrong-version') return [{ observed: `license-${licenseState}` }];
      if (licenseEndsAt !== undefined && licenseEndsAt < now) return [{ observed: 'license-expired' }];
      return licenseState === undefined ? 'silent' : [];
    });
  },
});
