import { defineCheck } from '../check.ts';
import { loggedSinceBoot } from '../kernel-events.ts';

export const kernelOops = defineCheck({
  id: 'service-kernel-oops',
  area: 'service',
  title: { zh: '内核发生严重错误（Oops）', en: 'Serious kernel error (oops)' },
  why: {
    zh: '内核状态已不可信：可能卡死、丢数据，应尽快重启并更新。',
    en: 'The kernel state can no longer be trusted: it may hang or lose data, and should be rebooted and updated soon.',
  },
  remedy: {
    zh: '执行 `journalctl -k | grep -B2 -A30 -E "Oops|BUG:|divide error"` 保存调用栈；腾空并重启该节点，把调用栈交给操作系统厂商，升级内核。',
    en: 'Run `journalctl -k | grep -B2 -A30 -E "Oops|BUG:|divide error"` and save the call trace; drain and reboot the node, send the trace to the operating system vendor, and upgrade the kernel.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor.json KernelOops; counted since boot, because the kernel stays damaged until then',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedSinceBoot(kernelLog, ['null-dereference', 'divide-error', 'kernel-oops', 'panic'], { critical: criticalCount });
  },
});
