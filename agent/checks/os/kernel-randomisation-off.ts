import { defineCheck } from '../check.ts';

export const kernelRandomisationOff = defineCheck({
  id: 'os-kernel-randomisation-off',
  area: 'os',
  title: { zh: '关闭了内核地址随机化', en: 'Kernel address randomisation disabled' },
  why: { zh: '内核地址固定，针对内核漏洞的攻击代码可以直接套用。', en: 'With fixed kernel addresses, exploits for kernel vulnerabilities work without changes.' },
  remedy: {
    zh: '执行 `cat /proc/cmdline` 确认 `nokaslr`；若不是为了调试，从引导配置中删去后重启。',
    en: 'Run `cat /proc/cmdline` to confirm `nokaslr`; unless it is needed for debugging, remove it from the boot configuration and reboot.',
  },
  severity: 'info',
  reads: ['kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'Kernel Self-Protection Project recommended settings: KASLR on',

  evaluate({ kernelCommandLine }) {
    return kernelCommandLine.addressRandomisationOff ? [{ observed: true }] : [];
  },
});
