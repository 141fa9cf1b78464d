import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const swapUsageHigh = defineCheck({
  id: 'host-swap-usage-high',
  area: 'host',
  title: { zh: '交换分区使用率过高', en: 'High swap usage' },
  why: { zh: '交换分区用完后就会终止进程，而在那之前系统已经很慢。', en: 'When swap is full, processes are killed; long before that, the system is already slow.' },
  remedy: {
    zh: '执行 `smem -rs swap | head` 或 `free -h` 查看占用；释放或迁移占用内存的进程，或增加内存。',
    en: 'Run `smem -rs swap | head` or `free -h` to check usage; stop or move the processes using memory, or add memory.',
  },
  severity: 'warning',
  reads: ['memory'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'awesome-prometheus-alerts HostSwapIsFillingUp (80 %)',

  evaluate({ memory }, { warningPercent }) {
    if (memory.swapTotalBytes === 0) return notApplicable('not-present');
    return above(((memory.swapTotalBytes - memory.swapFreeBytes) / memory.swapTotalBytes) * 100, { warning: warningPercent });
  },
});
