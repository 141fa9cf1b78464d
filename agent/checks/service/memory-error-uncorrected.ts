import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const memoryErrorUncorrected = defineCheck({
  id: 'service-memory-error-uncorrected',
  area: 'service',
  title: { zh: '内核日志报告不可纠正的内存错误', en: 'Uncorrected memory errors in the kernel log' },
  why: {
    zh: '内存中的数据已出错，相关进程会被终止，机器可能随时宕机。',
    en: 'Data in memory has been corrupted: affected processes are killed, and the host may go down at any time.',
  },
  remedy: {
    zh: '执行 `ras-mc-ctl --summary` 或查看 BMC 日志定位内存条；腾空该节点，停机更换内存。',
    en: 'Run `ras-mc-ctl --summary` or check the BMC log to locate the module; drain the node, shut it down and replace the memory.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'practice: awesome-prometheus-alerts HostEdacUncorrectableErrorsDetected; data was lost or a process killed',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['memory-uncorrected'], { critical: criticalCount });
  },
});
