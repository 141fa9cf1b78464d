import { defineCheck } from '../../check.ts';
import { daysUntilTime, judgeLicense } from '../../license-days.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongrdsLicenseExpiring = defineCheck({
  id: 'tongrds-license-expiring',
  area: 'middleware',
  product: 'tongrds',
  group: 'configuration',
  title: { zh: 'TongRDS 授权到期或即将到期', en: 'TongRDS licence expired or about to expire' },
  why: { zh: '到期后服务可能停止，续期需要商务流程，应提前办理。', en: 'TongRDS may stop on expiry; renewal involves procurement, so start early.' },
  remedy: {
    zh: '在中心控制台（8083）查看授权；联系东方通换发，放入中心的 `pcenter/center.lic`。',
    en: 'Check the licence in the center console (8083); contact TongTech for a new one and place it in `pcenter/center.lic` on the center.',
  },
  severity: 'critical',
  reads: ['middlewareTongrds'],
  unit: 'days',
  threshold: { infoDays: 90, warningDays: 30, criticalDays: 15 },
  source: 'TongRDS manual, MBean rdsCenter LicenseExpired; 90/30/15 days as for TongWeb',

  evaluate({ middlewareTongrds: { rows } }, { infoDays, warningDays, criticalDays }, { now }) {
    return judgeInstances(rows, ({ licenseExpired, licenseEndsAt }) => {
      if (licenseExpired === true) return [{ severity: 'critical' }];
      if (licenseEndsAt === undefined) return licenseExpired === false ? [] : 'silent';
      const days = daysUntilTime(licenseEndsAt, now);
      return days < 0 ? [{ observed: days, severity: 'critical' }] : judgeLicense({ licenseEndsAt }, { infoDays, warningDays, criticalDays }, now);
    });
  },
});
