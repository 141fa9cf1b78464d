import { defineCheck } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const overcommitOff = defineCheck({
  id: 'os-overcommit-off',
  area: 'os',
  title: { zh: '未开启内存超额承诺', en: 'Memory overcommit not always on' },
  why: { zh: 'Redis 等在 fork 保存数据时可能申请内存失败，持久化中断。', en: 'Redis and the like may fail to fork for a save, and their data is no longer written to disk.' },
  remedy: {
    zh: '执行 `sysctl vm.overcommit_memory` 查看；在 `/etc/sysctl.d/` 中设为 1：否则 Redis 的后台持久化会因 fork 失败而中断，kubelet 也要求该值。',
    en: 'Run `sysctl vm.overcommit_memory` to see it; set it to 1 below `/etc/sysctl.d/`: otherwise the background save of Redis fails to fork, and kubelet asks for it too.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'value',
  threshold: { ...profileThreshold('vm.overcommit_memory', 'Value') },
  source: 'the profiles of the roles: 1 on a Kubernetes node and beside Redis',

  evaluate(sections, threshold) {
    return judgeProfiledSysctl(sections, { parameter: 'vm.overcommit_memory', unit: 'Value', threshold });
  },
});
