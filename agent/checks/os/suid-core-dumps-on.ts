import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const suidCoreDumpsOn = defineCheck({
  id: 'os-suid-core-dumps-on',
  area: 'os',
  title: { zh: '特权程序会留下内存转储', en: 'Privileged programs produce core dumps' },
  why: {
    zh: '特权程序的转储可能含有口令或密钥，普通用户或许读得到。',
    en: 'Core dumps of privileged programs may contain passwords or keys that ordinary users may be able to read.',
  },
  remedy: {
    zh: '执行 `sysctl fs.suid_dumpable` 查看当前值；在 `/etc/sysctl.d/` 中设为 0；取值 1 会让任何用户得到特权程序的内存内容。',
    en: 'Run `sysctl fs.suid_dumpable` to check the current value; set it to 0 in `/etc/sysctl.d/`. With a value of 1, any user can obtain the memory contents of privileged programs.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'CIS Benchmark 1.5 (restrict core dumps) and openEuler security baseline: 0',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'fs.suid_dumpable', expectedValue);
  },
});
