import { defineCheck, unknown } from '../check.ts';

export const kernelFaultRecorded = defineCheck({
  id: 'os-kernel-fault-recorded',
  area: 'os',
  title: { zh: '内核记录过严重错误', en: 'Serious kernel error recorded' },
  why: {
    zh: '出过错的内核可能已破坏内存中的数据，继续运行的结果不可信。',
    en: 'A kernel that has faulted may have corrupted data in memory, so its results can no longer be trusted.',
  },
  remedy: {
    zh: '执行 `cat /proc/sys/kernel/tainted` 与 `dmesg -T | grep -iE "oops|BUG|machine check|lockup"` 查看原因；收集日志交给内核厂商，安排重启，硬件错误则检查内存与处理器。',
    en: 'Run `cat /proc/sys/kernel/tainted` and `dmesg -T | grep -iE "oops|BUG|machine check|lockup"` to find the cause; send the logs to the kernel vendor and schedule a reboot. For hardware errors, check the memory and processors.',
  },
  severity: 'warning',
  reads: ['os'],
  unit: 'value',
  threshold: { criticalTaints: ['machine-check', 'bad-page'], warningTaints: ['oops', 'soft-lockup'] },
  source: 'kernel documentation (tainted-kernels): bits 4, 5, 7 and 14 stay set until reboot; node-problem-detector KernelOops',

  evaluate({ os }, { criticalTaints, warningTaints }) {
    if (os.taints === undefined) return unknown();
    const critical = os.taints.find((taint) => criticalTaints.includes(taint));
    if (critical !== undefined) return [{ observed: critical, severity: 'critical' }];
    const warning = os.taints.find((taint) => warningTaints.includes(taint));
    return warning === undefined ? [] : [{ observed: warning }];
  },
});
