import { defineCheck, unknown } from '../check.ts';

export const kernelDefaultsUnprotected = defineCheck({
  id: 'kubelet-kernel-defaults-unprotected',
  area: 'kubelet',
  title: { zh: 'kubelet 会自行改动内核参数', en: 'Kernel parameters changed by the kubelet' },
  why: {
    zh: '实际内核参数与管理员设定的不一致，重启或排查时容易被误导。',
    en: 'Kernel parameters differ from those set by administrators, which may mislead after a restart or in troubleshooting.',
  },
  remedy: {
    zh: '执行 `sysctl vm.overcommit_memory kernel.panic kernel.panic_on_oops` 核对；先在系统中设好这些参数，再设置 `protectKernelDefaults: true` 并重启 kubelet。',
    en: 'Run `sysctl vm.overcommit_memory kernel.panic kernel.panic_on_oops` to check the values; set them in the operating system first, then set `protectKernelDefaults: true` and restart the kubelet.',
  },
  severity: 'info',
  setup: true,
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.6',

  evaluate({ kubelet }) {
    if (kubelet.protectKernelDefaults === undefined) return unknown();
    return kubelet.protectKernelDefaults ? [] : [{ observed: false, threshold: true }];
  },
});
