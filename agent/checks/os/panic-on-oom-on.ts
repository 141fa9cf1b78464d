import { defineCheck, notApplicable } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const panicOnOomOn = defineCheck({
  id: 'os-panic-on-oom-on',
  area: 'os',
  title: { zh: '内存不足会使整机崩溃', en: 'Lack of memory panics the whole node' },
  why: { zh: '一个程序用光内存就会让整台机器宕机，其上所有业务一起中断。', en: 'One program that takes all the memory brings the machine down, and every service on it.' },
  remedy: {
    zh: '执行 `sysctl vm.panic_on_oom` 查看当前值；在 `/etc/sysctl.d/` 中设为 0，让内核只结束占用内存的进程。',
    en: 'Run `sysctl vm.panic_on_oom` to see the value; set it to 0 below `/etc/sysctl.d/`, so that only the process that takes the memory is killed.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'kubelet (protect-kernel-defaults): 0',

  evaluate({ machine, sysctls }, { expectedValue }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlIs(sysctls, 'vm.panic_on_oom', expectedValue);
  },
});
