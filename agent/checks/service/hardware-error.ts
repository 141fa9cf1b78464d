import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const hardwareError = defineCheck({
  id: 'service-hardware-error',
  area: 'service',
  title: { zh: '硬件报告错误', en: 'Hardware errors reported' },
  why: { zh: '硬件正在失效，可能读到错误数据或突然宕机。', en: 'Hardware is failing, which may lead to wrong data or a sudden crash.' },
  remedy: {
    zh: '执行 `ras-mc-ctl --errors` 或查看 BMC 事件日志，确认出错的部件；致命错误先腾空节点，再联系硬件厂商更换。',
    en: 'Run `ras-mc-ctl --errors` or check the BMC event log to identify the faulty component; for fatal errors, drain the node first, then have the hardware vendor replace the component.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1, warningCount: 1, infoCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json CperHardwareErrorFatal, …Recoverable, …Corrected',

  evaluate({ kernelLog }, { criticalCount, warningCount, infoCount }) {
    const fatal = loggedToday(kernelLog, ['hardware-fatal'], { critical: criticalCount });
    if (fatal.length > 0) return fatal;
    const recoverable = loggedToday(kernelLog, ['hardware-recoverable'], { warning: warningCount });
    return recoverable.length > 0 ? recoverable : loggedToday(kernelLog, ['hardware-corrected'], { info: infoCount });
  },
});
