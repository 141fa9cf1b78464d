import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tlqLicenseExpiring = defineCheck({
  id: 'tlq-license-expiring',
  area: 'middleware',
  product: 'tlq',
  group: 'configuration',
  title: { zh: 'TongLINK/Q 授权即将到期', en: 'TongLINK/Q licence about to expire' },
  why: { zh: '到期后可能无法启动或收发消息，续期应提前办理。', en: 'After expiry it may not start or transfer messages; renew it early.' },
  remedy: {
    zh: '执行 `tlqstat -lic -d` 查看 Expire Date；联系东方通换发授权。',
    en: 'Run `tlqstat -lic -d` and check Expire Date; contact TongTech for a new licence.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'days',
  threshold: { infoDays: 90, warningDays: 30, criticalDays: 15 },
  source: 'tlqstat -lic -d; 90/30/15 days as for TongWeb',

  evaluate({ middlewareTlq: { rows } }, { infoDays, warningDays, criticalDays }) {
    return judgeInstances(rows, ({ licenseDaysLeft }) => told(licenseDaysLeft, (days) => below(days, { info: infoDays, warning: warningDays, critical: criticalDays })));
  },
});
