import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const hardLockup = defineCheck({
  id: 'service-hard-lockup',
  area: 'service',
  title: { zh: 'CPU 硬锁死', en: 'CPU hard lockups' },
  why: {
    zh: '处理器完全失去响应，机器可能随时死机，多与硬件或内核缺陷有关。',
    en: 'A CPU stopped responding entirely and the machine may freeze at any time; the cause is usually faulty hardware or a kernel bug.',
  },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep -A20 "hard LOCKUP"` 查看调用栈；腾空该节点，检查硬件、BIOS 与微码，并升级内核。',
    en: 'Run `journalctl -k --since -24h | grep -A20 "hard LOCKUP"` to see the call trace; drain the node, check hardware, BIOS and microcode, and upgrade the kernel.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'practice: a processor that takes no interrupts for watchdog_thresh seconds stops the work of the whole machine',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['hard-lockup'], { critical: criticalCount });
  },
});
