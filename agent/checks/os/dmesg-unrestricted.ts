import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const dmesgUnrestricted = defineCheck({
  id: 'os-dmesg-unrestricted',
  area: 'os',
  title: { zh: '普通用户可读取内核日志', en: 'Kernel log readable by unprivileged users' },
  why: {
    zh: '内核日志泄露地址与硬件信息，被攻陷的普通帐号可借此提权。',
    en: 'The kernel log reveals addresses and hardware details that may help a compromised account escalate privileges.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.dmesg_restrict` 查看当前值；在 `/etc/sysctl.d/` 中设为 1，避免内核地址等信息泄露给普通用户。',
    en: 'Run `sysctl kernel.dmesg_restrict` to check the current value; set it to 1 in `/etc/sysctl.d/` so that kernel addresses and similar details are not exposed to ordinary users.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 1 },
  source: 'openEuler security baseline: 1',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'kernel.dmesg_restrict', expectedValue);
  },
});
