import { defineCheck, notApplicable } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const swappinessHigh = defineCheck({
  id: 'os-swappiness-high',
  area: 'os',
  title: { zh: '过早使用交换分区', en: 'Swapping starts too early' },
  why: {
    zh: '内存尚够就换出进程，数据库和 Java 应用出现秒级停顿。',
    en: 'Processes are swapped out while memory is still available, and databases and Java applications pause for seconds.',
  },
  remedy: {
    zh: '执行 `sysctl vm.swappiness` 查看；在 `/etc/sysctl.d/` 中调低该值，减少数据库与 JVM 的内存被换出。',
    en: 'Run `sysctl vm.swappiness` to check the current value; lower it in `/etc/sysctl.d/` so that less database and JVM memory is swapped out.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls', 'processes', 'memory'],
  unit: 'value',
  threshold: { maximumValue: 10, ...profileThreshold('vm.swappiness', 'Value') },
  source: 'KubeEye: at most 10; matters only where there is swap; the profiles of the roles',

  evaluate(sections, threshold) {
    if (sections.memory.swapTotalBytes === 0) return notApplicable();
    return judgeProfiledSysctl(sections, { parameter: 'vm.swappiness', unit: 'Value', threshold });
  },
});
