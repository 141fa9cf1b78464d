import { defineCheck } from '../../check.ts';
import { judgeLicense } from '../../license-days.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebLicenseExpiring = defineCheck({
  id: 'tongweb-license-expiring',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 授权即将到期', en: 'TongWeb licence about to expire' },
  why: { zh: '到期后可能无法启动，续期需要商务流程，应提前办理。', en: 'TongWeb may fail to start after expiry; renewal involves procurement, so start early.' },
  remedy: {
    zh: '执行 `bin/version.sh`（TongWeb 8：`bin/admin.sh version`）核对 end_date；联系东方通商务换发 license.dat，放入 license_update 目录动态更新，或停机替换（文件名不能改）。',
    en: 'Run `bin/version.sh` (TongWeb 8: `bin/admin.sh version`) and check end_date; contact TongTech for a new license.dat and place it in the license_update directory for a live update, or replace the file while the server is stopped (do not change its name).',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'days',
  threshold: { infoDays: 90, warningDays: 30, criticalDays: 15 },
  source: 'TongWeb FAQ: the server itself warns from 15 days before and stops after the last day; 90 and 30 days are our own steps, the time that an order takes',

  evaluate({ middlewareTongweb: { rows } }, { infoDays, warningDays, criticalDays }, { now }) {
    return judgeInstances(rows, (row) => judgeLicense(row, { infoDays, warningDays, criticalDays }, now));
  },
});
