import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const rcuStall = defineCheck({
  id: 'service-rcu-stall',
  area: 'service',
  title: { zh: '内核 RCU 停滞', en: 'Kernel RCU stalls' },
  why: { zh: '处理器长时间没有响应，系统会卡顿，严重时整机死锁。', en: 'A processor was unresponsive for a long time: the system becomes sluggish and may lock up completely.' },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep -A20 "rcu"` 查看停滞的 CPU；检查虚拟机超分、实时优先级进程与内核版本。',
    en: 'Run `journalctl -k --since -24h | grep -A20 "rcu"` to identify the stalled CPUs; check for hypervisor overcommitment, real-time priority processes and the kernel version.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: kernel documentation RCU/stallwarn; the grace period is over after 21 s',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['rcu-stall'], { warning: warningCount });
  },
});
