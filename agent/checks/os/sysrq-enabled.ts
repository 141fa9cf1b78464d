import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const sysrqEnabled = defineCheck({
  id: 'os-sysrq-enabled',
  area: 'os',
  title: { zh: '开启了 SysRq 组合键', en: 'SysRq key enabled' },
  why: {
    zh: '能接触控制台的人可不经登录重启主机、杀进程或导出内存。',
    en: 'Anyone with access to the console can reboot the host, kill processes or dump memory without logging in.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.sysrq` 查看当前值；在 `/etc/sysctl.d/` 中设为 0；若需要经控制台抢救系统，保留所需的最小位掩码并在配置中放宽本项。',
    en: 'Run `sysctl kernel.sysrq` to check the current value; set it to 0 in `/etc/sysctl.d/`. If you need it to rescue systems from the console, keep the smallest bitmask required and relax this check in the configuration.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'openEuler security baseline: 0',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'kernel.sysrq', expectedValue);
  },
});
