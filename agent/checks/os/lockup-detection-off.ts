import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const lockupDetectionOff = defineCheck({
  id: 'os-lockup-detection-off',
  area: 'os',
  title: { zh: '关闭了内核死锁检测', en: 'Kernel lockup detection disabled' },
  why: {
    zh: '处理器卡死时整机无响应又没有记录，也不会自动重启。',
    en: 'When a CPU locks up, the whole machine stops responding, leaves no record and does not restart automatically.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.watchdog` 并查看 `/proc/cmdline`；恢复为 1 并删去 `nowatchdog`、`nosoftlockup`，处理器卡死时日志才会留下线索。',
    en: 'Run `sysctl kernel.watchdog` and check `/proc/cmdline`; set the value back to 1 and remove `nowatchdog` and `nosoftlockup`, so that CPU lockups are logged.',
  },
  severity: 'info',
  reads: ['sysctls', 'kernelCommandLine'],
  unit: 'value',
  threshold: { expectedValue: 1 },
  source: 'kernel default: on (admin-guide/lockup-watchdogs)',

  evaluate({ sysctls, kernelCommandLine }, { expectedValue }) {
    if (kernelCommandLine.watchdogOff) return [{ observed: 0, threshold: expectedValue }];
    return sysctlIs(sysctls, 'kernel.watchdog', expectedValue);
  },
});
