import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const runtimeHung = defineCheck({
  id: 'service-runtime-hung',
  area: 'service',
  title: { zh: '容器运行时进程阻塞在内核中', en: 'Container runtime blocked in the kernel' },
  why: { zh: '节点上的容器既起不来也停不掉，Pod 状态不再更新。', en: 'Containers on the node can be neither started nor stopped, and pod status is no longer updated.' },
  remedy: {
    zh: '执行 `ps -eo pid,stat,wchan:32,comm | grep -E "dockerd|containerd|runc"` 查看状态；检查其数据目录所在磁盘，腾空该节点后重启运行时，必要时重启节点。',
    en: 'Run `ps -eo pid,stat,wchan:32,comm | grep -E "dockerd|containerd|runc"` to check its state; check the disk that holds its data directory, drain the node, then restart the runtime or, if necessary, reboot the node.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json DockerHung (KernelDeadlock)',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['runtime-hung'], { critical: criticalCount });
  },
});
