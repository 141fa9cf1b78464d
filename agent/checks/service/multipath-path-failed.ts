import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const multipathPathFailed = defineCheck({
  id: 'service-multipath-path-failed',
  area: 'service',
  title: { zh: '多路径存储的路径失效', en: 'Failed paths of multipath storage' },
  remedy: {
    zh: '执行 `multipath -ll` 查看失效路径；检查 HBA、交换机端口与存储控制器，恢复全部路径。',
    en: 'Run `multipath -ll` to see which paths failed; check HBA, switch ports and storage controllers until all paths are back.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: a failed path leaves the volume without redundancy',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['multipath-failed'], { warning: warningCount });
  },
});
