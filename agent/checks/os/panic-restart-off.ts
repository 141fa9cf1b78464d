import { defineCheck, notApplicable } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const panicRestartOff = defineCheck({
  id: 'os-panic-restart-off',
  area: 'os',
  title: { zh: '内核崩溃后不会自动重启', en: 'No automatic reboot after a kernel panic' },
  why: {
    zh: '崩溃后机器停在原地，必须有人到现场或用带外管理重启。',
    en: 'After a panic the machine stays down until someone reboots it on site or through out-of-band management.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.panic` 查看当前值；在 `/etc/sysctl.d/` 中设为正数秒（kubelet 与 Kubespray 用 10），使节点崩溃后自行恢复。',
    en: 'Run `sysctl kernel.panic` to check the current value; set it to a positive number of seconds in `/etc/sysctl.d/` (the kubelet and Kubespray use 10), so that the node recovers by itself after a panic.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'seconds',
  threshold: { ...profileThreshold('kernel.panic', 'Seconds') },
  source: 'Kubespray and kubelet: 10; 0 means the machine stands still',

  evaluate(sections, threshold) {
    if (!sections.machine.kubernetesNode) return notApplicable('not-a-node');
    return judgeProfiledSysctl(sections, { parameter: 'kernel.panic', unit: 'Seconds', threshold });
  },
});
