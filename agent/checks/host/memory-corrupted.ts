import { defineCheck, notApplicable } from '../check.ts';

export const memoryCorrupted = defineCheck({
  id: 'host-memory-corrupted',
  area: 'host',
  title: { zh: '内存页因硬件错误停用', en: 'Memory pages disabled after hardware errors' },
  why: { zh: '内存条已在损坏，继续使用可能读到错误数据或突然宕机。', en: 'A memory module is failing; continuing to use it may lead to wrong data or a sudden crash.' },
  remedy: {
    zh: '执行 `grep HardwareCorrupted /proc/meminfo` 与 `dmesg -T | grep -i "memory failure"` 确认；联系硬件厂商更换内存条，更换前迁走业务。',
    en: 'Run `grep HardwareCorrupted /proc/meminfo` and `dmesg -T | grep -i "memory failure"` to confirm; have the hardware vendor replace the module, and move workloads off the host beforehand.',
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
