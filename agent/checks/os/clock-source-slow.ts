import { defineCheck, unknown } from '../check.ts';

export const clockSourceSlow = defineCheck({
  id: 'os-clock-source-slow',
  area: 'os',
  title: { zh: '时钟源性能差', en: 'Slow clock source' },
  why: {
    zh: '每次取时间都要进内核或访问慢速硬件，数据库和 Java 应用为此白白消耗处理器。',
    en: 'Every time lookup has to enter the kernel or access slow hardware, which wastes CPU time in databases and Java applications.',
  },
  remedy: {
    zh: '执行 `cat /sys/devices/system/clocksource/clocksource0/available_clocksource` 查看可选项，并在 `dmesg` 中查找 TSC 被判为不稳定的原因；改回 `tsc` 或虚拟化平台的时钟源，否则每次取时间都要陷入内核。',
    en: "Run `cat /sys/devices/system/clocksource/clocksource0/available_clocksource` to list the available sources, and check `dmesg` for why the TSC was marked unstable; switch back to `tsc` or the hypervisor's clock source, otherwise every time lookup has to enter the kernel.",
  },
  severity: 'warning',
  reads: ['os'],
  unit: 'value',
  threshold: { slow: ['hpet', 'acpi_pm', 'jiffies', 'pit'] },
  source: 'practice: hpet and acpi_pm are tens of times slower than tsc and drift under load (Red Hat and AWS tuning guides)',

  evaluate({ os }, { slow }) {
    if (os.clockSource === undefined) return unknown();
    return slow.includes(os.clockSource) ? [{ observed: os.clockSource }] : [];
  },
});
