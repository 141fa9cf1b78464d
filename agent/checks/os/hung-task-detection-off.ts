import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const hungTaskDetectionOff = defineCheck({
  id: 'os-hung-task-detection-off',
  area: 'os',
  title: { zh: '关闭了任务挂起检测', en: 'Hung task detection disabled' },
  why: { zh: '进程卡死在内核中时没有任何记录，存储故障只能靠猜。', en: 'Processes stuck in the kernel leave no record, so storage faults can only be guessed at.' },
  remedy: {
    zh: '执行 `sysctl kernel.hung_task_timeout_secs` 查看当前值；在 `/etc/sysctl.d/` 中恢复为内核默认值，存储卡死时日志才会留下线索。',
    en: 'Run `sysctl kernel.hung_task_timeout_secs` to check the current value; restore the kernel default in `/etc/sysctl.d/` so that storage hangs are logged.',
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
