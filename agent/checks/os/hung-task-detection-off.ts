import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const hungTaskDetectionOff = defineCheck({
  id: 'os-hung-task-detection-off',
  area: 'os',
  title: { zh: '关闭了任务挂起检测', en: 'Detection of hung tasks off' },
  why: { zh: '进程卡死在内核中时没有任何记录，存储故障只能靠猜。', en: 'Tasks stuck in the kernel leave no record, and a storage fault has to be guessed.' },
  remedy: {
    zh: '执行 `sysctl kernel.hung_task_timeout_secs` 查看当前值；在 `/etc/sysctl.d/` 中恢复为内核默认值，存储卡死时日志才会留下线索。',
    en: 'Run `sysctl kernel.hung_task_timeout_secs` to see the value; set it back to the kernel default below `/etc/sysctl.d/`; only then does the log tell when storage hangs.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'seconds',
  threshold: { minimumSeconds: 1 },
  source: 'kernel default 120 s; node-problem-detector TaskHung reads its messages',

  evaluate({ sysctls }, { minimumSeconds }) {
    return sysctlAtLeast(sysctls, 'kernel.hung_task_timeout_secs', minimumSeconds);
  },
});
