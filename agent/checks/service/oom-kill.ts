import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const oomKill = defineCheck({
  id: 'service-oom-kill',
  area: 'service',
  title: { zh: '系统内存耗尽，内核终止了进程', en: 'Processes killed by the kernel: out of memory' },
  why: {
    zh: '被选中的进程立即消失，可能是数据库或 kubelet，业务随之中断。',
    en: 'The selected process, perhaps a database or the kubelet, is killed at once, which interrupts its service.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep -i "out of memory"` 查看被终止的进程，再用 `free -h` 核对内存；给节点增加内存，或为工作负载设置内存请求与限制，并为 kubelet 预留系统内存。',
    en: 'Run `journalctl -k --since -24h | grep -i "out of memory"` to see which processes were killed and `free -h` to check current memory; add memory, or set requests and limits on workloads and reserve system memory in the kubelet configuration.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json OOMKilling; any in 24 h',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['oom-kill'], { warning: warningCount });
  },
});
