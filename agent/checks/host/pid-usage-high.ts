import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const pidUsageHigh = defineCheck({
  id: 'host-pid-usage-high',
  area: 'host',
  title: { zh: '进程号使用率过高', en: 'Process IDs nearly exhausted' },
  why: {
    zh: '用完后无法创建任何进程或线程，节点上的服务和登录都会失败。',
    en: 'Once they are exhausted, no process or thread can be created, and services and logins on the node fail.',
  },
  remedy: {
    zh: '执行 `ps -eLf | wc -l` 与 `sysctl kernel.pid_max` 对比；用 `ps -eo nlwp,pid,comm --sort=-nlwp | head` 找出线程最多的进程，限制其 PID 或调高 `kernel.pid_max`。',
    en: 'Compare `ps -eLf | wc -l` with `sysctl kernel.pid_max`; use `ps -eo nlwp,pid,comm --sort=-nlwp | head` to find the process with the most threads, then limit its PIDs or raise `kernel.pid_max`.',
  },
  severity: 'warning',
  reads: ['processes'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'DCE and Huawei CCE (pid_max): 80 and 90 %',

  evaluate({ processes }, { warningPercent, criticalPercent }) {
    if (processes.threads === undefined || !processes.pidMax) return unknown();
    return above((processes.threads / processes.pidMax) * 100, { warning: warningPercent, critical: criticalPercent });
  },
});
