import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const cpuHigh = defineCheck({
  id: 'host-cpu-high',
  area: 'host',
  title: { zh: '处理器使用率过高', en: 'Processor use high' },
  remedy: {
    zh: '执行 `top -b -n 1 | head -20` 找出占用最高的进程；限制其资源、迁移负载或扩容。',
    en: 'Run `top -b -n 1 | head -20` to find the processes behind it; limit them, move load away or add capacity.',
  },
  severity: 'warning',
  reads: ['cpu'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'Popeye 709 and Huawei CCE (80 %), critical 95 % by DCE Insight',

  evaluate({ cpu }, { warningPercent, criticalPercent }) {
    if (cpu.busyPercent === undefined) return unknown('no-history');
    return above(cpu.busyPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
