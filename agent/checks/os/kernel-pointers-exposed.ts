import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const kernelPointersExposed = defineCheck({
  id: 'os-kernel-pointers-exposed',
  area: 'os',
  title: { zh: '内核指针对普通用户可见', en: 'Kernel pointers visible to unprivileged users' },
  why: {
    zh: '泄露的内核地址让提权漏洞从难以利用变为容易利用。',
    en: 'Leaked kernel addresses make privilege escalation vulnerabilities that are hard to exploit easy to exploit.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.kptr_restrict` 查看当前值；在 `/etc/sysctl.d/` 中设为 1 或 2。',
    en: 'Run `sysctl kernel.kptr_restrict` to check the current value; set it to 1 or 2 in `/etc/sysctl.d/`.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { minimumValue: 1 },
  source: 'openEuler security baseline: at least 1',

  evaluate({ sysctls }, { minimumValue }) {
    return sysctlAtLeast(sysctls, 'kernel.kptr_restrict', minimumValue);
  },
});
