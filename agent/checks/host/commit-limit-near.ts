import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const commitLimitNear = defineCheck({
  id: 'host-commit-limit-near',
  area: 'host',
  title: { zh: '可承诺内存即将用尽', en: 'Committable memory nearly exhausted' },
  why: { zh: '再申请内存的程序会直接失败，即使看上去还有空闲内存。', en: 'Programs that request more memory will fail outright, even if some appears to be free.' },
  remedy: {
    zh: '执行 `grep Commit /proc/meminfo` 查看；`vm.overcommit_memory` 为 2 时用尽后进程无法申请内存，请调高 `vm.overcommit_ratio` 或减少负载。',
    en: 'Run `grep Commit /proc/meminfo` to check usage; with `vm.overcommit_memory` set to 2, processes cannot allocate memory once the limit is reached. Raise `vm.overcommit_ratio` or reduce the load.',
  },
  severity: 'warning',
  reads: ['memory', 'sysctls'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90, strictModeValue: 2 },
  source: 'kernel documentation (overcommit-accounting): in mode 2 the limit is hard; the shares are those of memory use',

  evaluate({ memory, sysctls }, { warningPercent, criticalPercent, strictModeValue }) {
    const mode = sysctls.values['vm.overcommit_memory'];
    if (mode === undefined) return unknown();
    if (mode !== strictModeValue) return notApplicable();
    if (memory.committedBytes === undefined || !memory.commitLimitBytes) return unknown();
    return above((memory.committedBytes / memory.commitLimitBytes) * 100, { warning: warningPercent, critical: criticalPercent });
  },
});
