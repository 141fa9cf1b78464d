import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const netdeviceStuck = defineCheck({
  id: 'service-netdevice-stuck',
  area: 'service',
  title: { zh: '网络设备无法注销', en: 'Network devices that cannot be unregistered' },
  why: { zh: 'Pod 删不掉，网络操作被卡住，常需重启节点才能恢复。', en: 'Pods cannot be deleted and network operations hang; often only a reboot of the node helps.' },
  remedy: {
    zh: '执行 `journalctl -k --since -24h | grep unregister_netdevice` 查看设备；这是内核引用计数泄漏，会卡住 Pod 的创建与删除，腾空并重启节点，升级内核。',
    en: 'Run `journalctl -k --since -24h | grep unregister_netdevice` to identify the device; this is a reference-count leak in the kernel that blocks the creation and deletion of pods, so drain and reboot the node and upgrade the kernel.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 3 },
  source: 'kubernetes/node-problem-detector config/kernel-monitor-counter.json FrequentUnregisterNetDevice (3)',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['unregister-netdevice'], { warning: warningCount });
  },
});
