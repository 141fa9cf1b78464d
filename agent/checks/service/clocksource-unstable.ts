import { defineCheck } from '../check.ts';
import { loggedSinceBoot } from '../kernel-events.ts';

export const clocksourceUnstable = defineCheck({
  id: 'service-clocksource-unstable',
  area: 'service',
  title: { zh: '内核时钟源不稳定', en: 'Kernel clock source unstable' },
  why: { zh: '内核改用更慢的时钟，时间可能跳变，取时间的开销也会上升。', en: 'The kernel switches to a slower clock: time may jump, and reading the time becomes more expensive.' },
  remedy: {
    zh: '执行 `cat /sys/devices/system/clocksource/clocksource0/current_clocksource` 查看当前时钟源；虚拟机检查宿主机的时钟配置，物理机升级 BIOS。',
    en: "Run `cat /sys/devices/system/clocksource/clocksource0/current_clocksource` to check the current clock source; on virtual machines, check the hypervisor's clock settings; on physical hosts, update the BIOS.",
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: after falling back from TSC, reading the clock becomes slow and time drifts',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedSinceBoot(kernelLog, ['clock-unstable'], { warning: warningCount });
  },
});
