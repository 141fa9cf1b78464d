import { defineCheck, unknown } from '../check.ts';

export const sysvIpcLow = defineCheck({
  id: 'os-sysv-ipc-low',
  area: 'os',
  title: { zh: 'System V 共享内存或信号量上限过低', en: 'System V shared memory or semaphores too few' },
  remedy: {
    zh: '执行 `ipcs -l` 查看上限；在 `/etc/sysctl.d/` 中调高 `kernel.shmmax` 与 `kernel.sem`，否则 TongLINK/Q、Oracle 等依赖它们的软件无法启动。',
    en: 'Run `ipcs -l` to see the limits; raise `kernel.shmmax` and `kernel.sem` below `/etc/sysctl.d/`, or TongLINK/Q, Oracle and others that need them cannot start.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { minimumShmmaxBytes: 1_073_741_824, minimumSemmniCount: 128 },
  source: 'TongLINK/Q profile: semmni at least 128, shmmax at least the pool; 1 GiB by practice (kernels set far more since 3.16)',

  evaluate({ sysctls }, { minimumShmmaxBytes, minimumSemmniCount }) {
    const shmmax = sysctls.values['kernel.shmmax'];
    const semmni = sysctls.values['kernel.sem.semmni'];
    if (shmmax === undefined || semmni === undefined) return unknown();
    if (shmmax < minimumShmmaxBytes) return [{ observed: shmmax, threshold: minimumShmmaxBytes }];
    return semmni < minimumSemmniCount ? [{ observed: semmni, threshold: minimumSemmniCount }] : [];
  },
});
