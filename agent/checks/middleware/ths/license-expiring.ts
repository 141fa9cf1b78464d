import { defineCheck } from '../../check.ts';
import { judgeLicense } from '../../license-days.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const thsLicenseExpiring = defineCheck({
  id: 'ths-license-expiring',
  area: 'middleware',
  product: 'ths',
  group: 'configuration',
  title: { zh: 'TongHttpServer 授权即将到期', en: 'TongHttpServer licence about to expire' },
  why: { zh: '到期后服务可能停止，续期需要商务流程，应提前办理。', en: 'The server may stop on expiry; renewal involves procurement, so start early.' },
  remedy: {
    zh: '访问 `http://127.0.0.1:49151/thsapi/` 查看 license_info；联系东方通换发授权。',
    en: 'Check license_info at `http://127.0.0.1:49151/thsapi/`; contact TongTech for a new licence.',
  },
  severity: 'warning',
  reads: ['middlewareThs'],
  unit: 'days',
  threshold: { infoDays: 90, warningDays: 30, criticalDays: 15 },
  source: 'THS monitoring manual license_info.end_date; 90/30/15 days as for TongWeb',

  evaluate({ middlewareThs: { rows } }, { infoDays, warningDays, criticalDays }, { now }) {
    return judgeInstances(rows, (row) => judgeLicense(row, { infoDays, warningDays, criticalDays }, now));
  },
});
