import { defineCheck, unknown } from '../check.ts';
import { judgeProfile, profileThreshold, worstOf } from '../host-profile.ts';

export const sysvIpcLow = defineCheck({
  id: 'os-sysv-ipc-low',
  area: 'os',
  title: { zh: 'System V 共享内存或信号量上限过低', en: 'System V shared memory or semaphore limits too low' },
  why: {
    zh: '依赖共享内存或信号量的数据库与消息中间件无法启动，或在扩容时失败。',
    en: 'Databases and message middleware that rely on shared memory or semaphores cannot start, or fail when scaled up.',
  },
  remedy: {
    zh: '执行 `ipcs -l` 查看上限；在 `/etc/sysctl.d/` 中调高 `kernel.shmmax` 与 `kernel.sem`，否则 TongLINK/Q、Oracle 等依赖它们的软件无法启动。',
    en: 'Run `ipcs -l` to check the limits; raise `kernel.shmmax` and `kernel.sem` in `/etc/sysctl.d/`, otherwise software that depends on them, such as TongLINK/Q and Oracle, cannot start.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'value',
  threshold: { ...profileThreshold('kernel.shmmax', 'Bytes'), ...profileThreshold('kernel.sem.semmni', 'Count'), exempt: [] },
  source: 'the profiles of the roles: databases that keep their memory or locks in System V IPC; TongLINK/Q has a check of its own',

  evaluate({ machine, sysctls, processes }, threshold) {
    // What TongLINK/Q asks for is told of its instance.
    const where = { machine, processes: { ...processes, roles: processes.roles?.filter(({ role }) => role !== 'tonglinkq') } };
    const shmmax = sysctls.values['kernel.shmmax'];
    const semmni = sysctls.values['kernel.sem.semmni'];
    if (shmmax === undefined || semmni === undefined) return unknown();
    const memory = judgeProfile(shmmax, { parameter: 'kernel.shmmax', unit: 'Bytes', threshold }, where);
    const semaphores = judgeProfile(semmni, { parameter: 'kernel.sem.semmni', unit: 'Count', threshold }, where);
    return worstOf([memory, semaphores]);
  },
});
