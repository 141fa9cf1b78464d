import { defineCheck, unknown } from '../check.ts';

export const passwordExpiryLong = defineCheck({
  id: 'service-password-expiry-long',
  area: 'service',
  title: { zh: '密码有效期过长', en: 'Excessive password lifetime' },
  why: { zh: '泄露的密码可以一直使用，等保检查也会因此扣分。', en: 'A leaked password stays usable, and classified protection assessments deduct points for it.' },
  remedy: {
    zh: '执行 `grep ^PASS_MAX_DAYS /etc/login.defs` 查看设置；按等保要求缩短，并用 `chage -l <帐号>` 核对已有帐号。',
    en: 'Run `grep ^PASS_MAX_DAYS /etc/login.defs` to check the setting; shorten it to meet your classified protection requirements and check existing accounts with `chage -l <account>`.',
  },
  severity: 'info',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'days',
  threshold: { maximumDays: 90 },
  source: '等保 2.0 (GB/T 22239-2019) identity rules: passwords are changed regularly; 90 days is what assessors ask for',

  evaluate({ hostSecurity: { passwordMaxDays } }, { maximumDays }) {
    if (passwordMaxDays === undefined) return unknown();
    return passwordMaxDays > maximumDays ? [{ observed: passwordMaxDays, threshold: maximumDays }] : [];
  },
});
