import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const suidCoreDumpsOn = defineCheck({
  id: 'os-suid-core-dumps-on',
  area: 'os',
  title: { zh: '特权程序会留下内存转储', en: 'Privileged programs leave core dumps' },
  why: { zh: '特权程序的转储可能含有口令或密钥，普通用户或许读得到。', en: 'A dump of a privileged program may hold passwords or keys that others get to read.' },
  remedy: {
    zh: '执行 `sysctl fs.suid_dumpable` 查看当前值；在 `/etc/sysctl.d/` 中设为 0；取值 1 会让任何用户得到特权程序的内存内容。',
    en: 'Run `sysctl fs.suid_dumpable` to see the value; set it to 0 below `/etc/sysctl.d/`; with 1 any user can get at the memory of a privileged program.',
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
