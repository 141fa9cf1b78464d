import { defineCheck, unknown } from '../check.ts';

export const linksUnprotected = defineCheck({
  id: 'os-links-unprotected',
  area: 'os',
  title: { zh: '未限制跟随他人的链接', en: "Following other users' links not restricted" },
  why: {
    zh: '普通用户可在 /tmp 布置链接，诱使特权程序改写或读取别人的文件。',
    en: "Ordinary users can plant links in /tmp that trick privileged programs into reading or overwriting other users' files.",
  },
  remedy: {
    zh: '执行 `sysctl fs.protected_symlinks fs.protected_hardlinks` 查看；在 `/etc/sysctl.d/` 中都设为 1，防止借临时目录提权。',
    en: 'Run `sysctl fs.protected_symlinks fs.protected_hardlinks` to check the current values; set both to 1 in `/etc/sysctl.d/` to prevent privilege escalation through temporary directories.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 1 },
  source: 'kernel documentation (fs.rst), CIS Benchmark and openEuler security baseline: 1',

  evaluate({ sysctls }, { expectedValue }) {
    const values = [sysctls.values['fs.protected_symlinks'], sysctls.values['fs.protected_hardlinks']];
    if (values.includes(undefined)) return unknown();
    return values.every((value) => value === expectedValue) ? [] : [{ observed: 0, threshold: expectedValue }];
  },
});
