import { defineCheck } from '../check.ts';

export const pressureStatisticsOff = defineCheck({
  id: 'os-pressure-statistics-off',
  area: 'os',
  title: { zh: '关闭了压力统计（PSI）', en: 'Pressure stall information (PSI) disabled' },
  why: {
    zh: '看不到资源争用的时间占比，变慢时难以判断是处理器、内存还是磁盘。',
    en: 'Time lost to contention is not visible, so a slowdown is hard to attribute to CPU, memory or disk.',
  },
  remedy: {
    zh: '执行 `cat /proc/cmdline` 确认 `psi=0`；改为 `psi=1` 后重启，资源争用才能被量化。',
    en: 'Run `cat /proc/cmdline` to confirm `psi=0`; change it to `psi=1` and reboot so that resource contention can be measured.',
  },
  severity: 'info',
  reads: ['kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'practice: kubelet reports PSI since 1.33, and the pressure checks need it',

  evaluate({ kernelCommandLine }) {
    return kernelCommandLine.pressureOff ? [{ observed: true }] : [];
  },
});
