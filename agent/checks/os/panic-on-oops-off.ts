import { defineCheck, notApplicable } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const panicOnOopsOff = defineCheck({
  id: 'os-panic-on-oops-off',
  area: 'os',
  title: { zh: '内核出错后继续带病运行', en: 'Kernel keeps running after an oops' },
  why: {
    zh: '出错的内核继续运行，可能写坏数据或半死不活，比干净重启更难恢复。',
    en: 'A kernel that keeps running after a fault may corrupt data or leave the system half-hung, which is worse than a clean reboot.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.panic_on_oops` 查看当前值；在 `/etc/sysctl.d/` 中设为 1：内核内部状态损坏后应重启，而不是继续调度 Pod。',
    en: 'Run `sysctl kernel.panic_on_oops` to check the current value; set it to 1 in `/etc/sysctl.d/`. Once internal kernel state is damaged, the node should reboot rather than keep running pods.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'value',
  threshold: { ...profileThreshold('kernel.panic_on_oops', 'Value') },
  source: 'Kubespray and kubelet (protect-kernel-defaults): 1',

  evaluate(sections, threshold) {
    if (!sections.machine.kubernetesNode) return notApplicable('not-a-node');
    return judgeProfiledSysctl(sections, { parameter: 'kernel.panic_on_oops', unit: 'Value', threshold });
  },
});
