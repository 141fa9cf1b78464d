import { defineCheck, notApplicable } from '../check.ts';

export const memoryCorrupted = defineCheck({
  id: 'host-memory-corrupted',
  area: 'host',
  title: { zh: '内存页因硬件错误停用', en: 'Memory pages out of use after hardware errors' },
  why: { zh: '内存条已在损坏，继续使用可能读到错误数据或突然宕机。', en: 'A memory module is failing; going on risks wrong data or a sudden stop.' },
  remedy: {
    zh: '执行 `grep HardwareCorrupted /proc/meminfo` 与 `dmesg -T | grep -i "memory failure"` 确认；联系硬件厂商更换内存条，更换前迁走业务。',
    en: 'Run `grep HardwareCorrupted /proc/meminfo` and `dmesg -T | grep -i "memory failure"` to confirm; have the vendor replace the module, moving the load away first.',
  },
  severity: 'critical',
  reads: ['memory'],
  unit: 'bytes',
  threshold: { allowedBytes: 0 },
  source: 'kernel: HardwareCorrupted counts pages poisoned by uncorrectable errors; node-problem-detector MemoryReadError',

  evaluate({ memory }, { allowedBytes }) {
    if (memory.corruptedBytes === undefined) return notApplicable('not-present'); // a kernel without CONFIG_MEMORY_FAILURE takes no page out of use
    return memory.corruptedBytes > allowedBytes ? [{ observed: memory.corruptedBytes, threshold: allowedBytes }] : [];
  },
});
