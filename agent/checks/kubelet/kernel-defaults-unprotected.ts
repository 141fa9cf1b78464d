import { defineCheck, unknown } from '../check.ts';

export const kernelDefaultsUnprotected = defineCheck({
  id: 'kubelet-kernel-defaults-unprotected',
  area: 'kubelet',
  title: { zh: 'kubelet 会自行改动内核参数', en: 'Kubelet that changes kernel settings by itself' },
  remedy: {
    zh: '执行 `sysctl vm.overcommit_memory kernel.panic kernel.panic_on_oops` 核对；先在系统中设好这些参数，再设置 `protectKernelDefaults: true` 并重启 kubelet。',
    en: 'Compare `sysctl vm.overcommit_memory kernel.panic kernel.panic_on_oops`; set them in the system first, then `protectKernelDefaults: true` and restart the kubelet.',
  },
  severity: 'info',
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.6',

  evaluate({ kubelet }) {
    if (kubelet.protectKernelDefaults === undefined) return unknown();
    return kubelet.protectKernelDefaults ? [] : [{ observed: false, threshold: true }];
  },
});
