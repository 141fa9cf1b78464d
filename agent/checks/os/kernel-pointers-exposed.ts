import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const kernelPointersExposed = defineCheck({
  id: 'os-kernel-pointers-exposed',
  area: 'os',
  title: { zh: '内核指针对普通用户可见', en: 'Kernel pointers visible to every user' },
  remedy: {
    zh: '执行 `sysctl kernel.kptr_restrict` 查看当前值；在 `/etc/sysctl.d/` 中设为 1 或 2。',
    en: 'Run `sysctl kernel.kptr_restrict` to see the value; set it to 1 or 2 below `/etc/sysctl.d/`.',
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
