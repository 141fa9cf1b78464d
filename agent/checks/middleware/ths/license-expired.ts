import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const thsLicenseExpired = defineCheck({
  id: 'ths-license-expired',
  area: 'middleware',
  product: 'ths',
  group: 'configuration',
  title: { zh: 'TongHttpServer 授权已到期', en: 'TongHttpServer licence expired' },
  why: { zh: '服务可能拒绝启动或停止工作，重启后起不来。', en: 'The server may stop working, or fail to start after a restart.' },
  remedy: {
    zh: '访问 `http://127.0.0.1:49151/thsapi/` 查看 license_info 并立即更换授权。',
    en: 'Check license_info at `http://127.0.0.1:49151/thsapi/` and replace the licence immediately.',
  },
  severity: 'critical',
  reads: ['middlewareThs'],
  unit: 'value',
  threshold: {},
  source: 'THS monitoring manual license_info.end_date',

  evaluate({ middlewareThs: { rows } }, _threshold, { now }) {
    return judgeInstances(rows, ({ licenseEndsAt, licenseNever }) =>
      licenseNever === true ? [] : told(licenseEndsAt, (end) => (end < now ? [{ observed: 'license-expired' }] : [])),
    );
  },
});
