import { defineCheck } from '../check.ts';
import { judgeProfiledSysctl, profileThreshold } from '../host-profile.ts';

export const overcommitOff = defineCheck({
  id: 'os-overcommit-off',
  area: 'os',
  title: { zh: '未开启内存超额承诺', en: 'Memory overcommit mode not set to always' },
  why: {
    zh: 'Redis 等在 fork 保存数据时可能申请内存失败，持久化中断。',
    en: 'Redis and similar software may fail to allocate memory when forking to save data, which interrupts persistence.',
  },
  remedy: {
    zh: '执行 `sysctl vm.overcommit_memory` 查看；在 `/etc/sysctl.d/` 中设为 1：否则 Redis 的后台持久化会因 fork 失败而中断，kubelet 也要求该值。',
    en: 'Run `sysctl vm.overcommit_memory` to check the current value; set it to 1 in `/etc/sysctl.d/`, otherwise Redis background saves may fail because of fork failures; the kubelet also requires this value.',
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
