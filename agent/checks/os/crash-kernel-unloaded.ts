import { defineCheck, notApplicable, unknown } from '../check.ts';

export const crashKernelUnloaded = defineCheck({
  id: 'os-crash-kernel-unloaded',
  area: 'os',
  title: { zh: '已预留崩溃转储内存但未加载转储内核', en: 'Crash memory reserved but no crash kernel loaded' },
  why: { zh: '占着内存却得不到转储：下次内核崩溃仍然没有现场可查。', en: 'Memory is reserved but no dump is produced: the next kernel crash will still leave nothing to analyse.' },
  remedy: {
    zh: '执行 `systemctl status kdump` 查看原因（Debian 系为 `kdump-tools`）；修复后启动并设为开机自启，内存不足时调大 `crashkernel=`。',
    en: 'Run `systemctl status kdump` to find the cause (`kdump-tools` on Debian); fix it, then start and enable the service. If the reservation is too small, increase `crashkernel=`.',
  },
  severity: 'warning',
  reads: ['os', 'kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'practice: reserved memory without a loaded kernel costs memory and gives no dump',

  evaluate({ os, kernelCommandLine }) {
    if (!kernelCommandLine.crashKernelReserved) return notApplicable();
    if (os.crashKernelLoaded === undefined) return unknown();
    return os.crashKernelLoaded ? [] : [{ observed: false }];
  },
});
