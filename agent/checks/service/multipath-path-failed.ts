import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const multipathPathFailed = defineCheck({
  id: 'service-multipath-path-failed',
  area: 'service',
  title: { zh: '多路径存储的路径失效', en: 'Failed paths to multipath storage' },
  why: { zh: '存储少了一条路径，再断一条，卷上的读写就会停止。', en: 'The storage has one path fewer; if another path fails, I/O to its volumes stops.' },
  remedy: {
    zh: '执行 `multipath -ll` 查看失效路径；检查 HBA、交换机端口与存储控制器，恢复全部路径。',
    en: 'Run `multipath -ll` to identify the failed paths; check the HBA, switch ports and storage controllers until all paths are restored.',
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
