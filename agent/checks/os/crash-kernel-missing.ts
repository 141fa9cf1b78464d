import { defineCheck, notApplicable } from '../check.ts';

export const crashKernelMissing = defineCheck({
  id: 'os-crash-kernel-missing',
  area: 'os',
  title: { zh: '未预留崩溃转储内存', en: 'No memory reserved for crash dumps' },
  why: {
    zh: '内核崩溃后不留任何现场，同样的宕机只能等它再次发生。',
    en: 'A kernel crash leaves no evidence behind, so its cause stays unknown until the same crash happens again.',
  },
  remedy: {
    zh: '执行 `cat /sys/kernel/kexec_crash_size` 确认；安装 kdump 并在引导配置中加入 `crashkernel=`，内核崩溃后才能分析原因。',
    en: 'Run `cat /sys/kernel/kexec_crash_size` to confirm; install kdump and add `crashkernel=` to the boot configuration so that the cause of a kernel crash can be analysed.',
  },
  severity: 'info',
  reads: ['machine', 'kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'practice: vendors of kernels ask for a vmcore (xFusion support, P1 root cause)',

  evaluate({ machine, kernelCommandLine }) {
    if (machine.container !== 'none') return notApplicable('not-present');
    return kernelCommandLine.crashKernelReserved ? [] : [{ observed: false }];
  },
});
