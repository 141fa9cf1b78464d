import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const memoryErrorCorrected = defineCheck({
  id: 'service-memory-error-corrected',
  area: 'service',
  title: { zh: '内核日志报告已纠正的内存错误', en: 'Corrected memory errors in the kernel log' },
  why: { zh: '目前数据没有出错，但这条内存正在变坏，应安排更换。', en: 'Data is still correct, but the memory module is deteriorating and its replacement should be scheduled.' },
  remedy: {
    zh: '执行 `edac-util -v` 或 `ras-mc-ctl --summary` 定位内存条；持续增长时安排更换。',
    en: 'Run `edac-util -v` or `ras-mc-ctl --summary` to locate the module; if the count keeps growing, schedule a replacement.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json MemoryReadError; any in 24 h',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['memory-corrected'], { warning: warningCount });
  },
});
