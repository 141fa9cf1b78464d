import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const softLockup = defineCheck({
  id: 'service-soft-lockup',
  area: 'service',
  title: { zh: 'CPU 软锁死', en: 'CPU soft lockups' },
  why: {
    zh: '处理器被内核代码占住，服务停顿，心跳超时会引发误切换。',
    en: 'A processor was held by kernel code: services stall, and missed heartbeats may cause needless failovers.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep -A20 "soft lockup"` 查看调用栈；虚拟机先检查宿主机是否超分，物理机检查驱动与固件版本。',
    en: 'Run `journalctl -k --since -24h | grep -A20 "soft lockup"` to view the call trace; on a virtual machine, first check for hypervisor overcommitment; on a physical machine, check driver and firmware versions.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: the kernel watchdog fires after 2 × watchdog_thresh = 20 s without scheduling',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['soft-lockup'], { warning: warningCount });
  },
});
