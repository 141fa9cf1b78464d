import { defineCheck, notApplicable } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const panicOnOomOn = defineCheck({
  id: 'os-panic-on-oom-on',
  area: 'os',
  title: { zh: '内存不足会使整机崩溃', en: 'Out-of-memory condition panics the whole host' },
  why: {
    zh: '一个程序用光内存就会让整台机器宕机，其上所有业务一起中断。',
    en: 'A single program that exhausts memory brings down the whole machine, and every service on it is interrupted.',
  },
  remedy: {
    zh: '执行 `sysctl vm.panic_on_oom` 查看当前值；在 `/etc/sysctl.d/` 中设为 0，让内核只结束占用内存的进程。',
    en: 'Run `sysctl vm.panic_on_oom` to check the current value; set it to 0 in `/etc/sysctl.d/`, so that the kernel kills only the process that is using the memory.',
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
