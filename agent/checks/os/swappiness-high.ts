import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtMost } from '../sysctl.ts';

export const swappinessHigh = defineCheck({
  id: 'os-swappiness-high',
  area: 'os',
  title: { zh: '过早使用交换分区', en: 'Swapping begins too early' },
  remedy: {
    zh: '执行 `sysctl vm.swappiness` 查看；在 `/etc/sysctl.d/` 中调低该值，减少数据库与 JVM 的内存被换出。',
    en: 'Run `sysctl vm.swappiness` to see it; lower it below `/etc/sysctl.d/`, so that memory of databases and JVMs stays in place.',
  },
  severity: 'info',
  reads: ['sysctls', 'memory'],
  unit: 'value',
  threshold: { maximumValue: 10 },
  source: 'KubeEye: at most 10; matters only where there is swap',

  evaluate({ sysctls, memory }, { maximumValue }) {
    if (memory.swapTotalBytes === 0) return notApplicable();
    return sysctlAtMost(sysctls, 'vm.swappiness', maximumValue);
  },
});
