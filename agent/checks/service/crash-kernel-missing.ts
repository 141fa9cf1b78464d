import { defineCheck, notApplicable } from '../check.ts';

export const crashKernelMissing = defineCheck({
  id: 'service-crash-kernel-missing',
  area: 'service',
  title: { zh: '没有启用内核崩溃转储（kdump）', en: 'No crash kernel is loaded (kdump)' },
  remedy: {
    zh: '执行 `systemctl status kdump` 与 `cat /sys/kernel/kexec_crash_size` 查看状态；在内核参数中预留 crashkernel 并启用 kdump，否则内核崩溃后无法定位原因。',
    en: 'Run `systemctl status kdump` and `cat /sys/kernel/kexec_crash_size` for its state; reserve memory with crashkernel= and enable kdump, because a crash without a dump cannot be explained.',
  },
  severity: 'info',
  reads: ['logs'],
  unit: 'value',
  threshold: {},
  source: 'practice: operating system vendors ask for the vmcore of every kernel crash',

  evaluate({ logs: { crashKernelLoaded } }) {
    if (crashKernelLoaded === undefined) return notApplicable('not-present'); // a kernel without kexec
    return crashKernelLoaded ? [] : [{ observed: false, threshold: true }];
  },
});
