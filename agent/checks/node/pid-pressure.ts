import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const pidPressure = defineCheck({
  id: 'node-pid-pressure',
  area: 'node',
  title: { zh: '节点的进程号不足', en: 'Nodes running out of process IDs' },
  why: {
    zh: '进程号耗尽后，任何容器都不能再启动进程，连登录排查都会失败。',
    en: 'Once process IDs are exhausted, no container can start a process, and even logging in to troubleshoot fails.',
  },
  remedy: {
    zh: '在节点上执行 `ps -eLf | wc -l` 并与 `sysctl kernel.pid_max` 比较，找出大量创建线程的 Pod；为 kubelet 设置 podPidsLimit，必要时调大 kernel.pid_max。',
    en: 'Compare `ps -eLf | wc -l` with `sysctl kernel.pid_max` on the node and find pods that create large numbers of threads; set podPidsLimit for the kubelet and, if necessary, raise kernel.pid_max.',
  },
  severity: 'critical',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 10 },
  source: 'kubernetes-mixin KubeNodePressure (10 min), popeye POP-706',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.pressures.includes('pid') ? (row.pidPressureSince ?? 'unknown') : undefined));
  },
});
