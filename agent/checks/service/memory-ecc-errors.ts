import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const memoryEccErrors = defineCheck({
  id: 'service-memory-ecc-errors',
  area: 'service',
  title: { zh: '内存控制器报告 ECC 错误', en: 'Memory controller ECC errors' },
  why: {
    zh: '内存条开始损坏，可纠正错误增多往往会发展为不可纠正错误和宕机。',
    en: 'A module is starting to fail: growing corrected errors often lead to uncorrected errors and a crash.',
  },
  remedy: {
    zh: '执行 `grep -H . /sys/devices/system/edac/mc/mc*/dimm*/dimm_*_count` 定位内存条；不可纠正的错误要腾空节点并更换内存，可纠正的错误持续增长时安排更换。',
    en: 'Run `grep -H . /sys/devices/system/edac/mc/mc*/dimm*/dimm_*_count` to locate the module; for uncorrected errors, drain the node and replace the module. If corrected errors keep growing, schedule a replacement.',
  },
  severity: 'warning',
  reads: ['hardwareHealth'],
  unit: 'count',
  threshold: { warningCount: 1, criticalCount: 1 },
  source: 'awesome-prometheus-alerts HostEdacCorrectableErrorsDetected and HostEdacUncorrectableErrorsDetected; counted since boot',

  evaluate({ hardwareHealth: { memoryControllers, correctedErrors, uncorrectedErrors } }, { warningCount, criticalCount }) {
    if (memoryControllers === 0) return notApplicable('not-present');
    if (correctedErrors === undefined || uncorrectedErrors === undefined) return unknown();
    const uncorrected = above(uncorrectedErrors, { critical: criticalCount });
    return uncorrected.length > 0 ? uncorrected : above(correctedErrors, { warning: warningCount });
  },
});
