import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const cpuHigh = defineCheck({
  id: 'host-cpu-high',
  area: 'host',
  title: { zh: '处理器使用率过高', en: 'High CPU usage' },
  why: {
    zh: '没有余量应对高峰：请求排队，健康检查超时会引发不必要的重启。',
    en: 'There is no headroom for peaks: requests queue, and health checks that time out cause unnecessary restarts.',
  },
  remedy: {
    zh: '执行 `top -b -n 1 | head -20` 找出占用最高的进程；限制其资源、迁移负载或扩容。',
    en: 'Run `top -b -n 1 | head -20` to find the processes using the most CPU; limit their resources, move load elsewhere or add capacity.',
  },
  severity: 'warning',
  reads: ['cpu', 'load'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95, criticalLoadPerCoreRatio: 1 },
  source: 'Popeye 709 and Huawei CCE (80 %), critical 95 % by DCE Insight; one sample of seconds is critical only when the load of five minutes agrees',

  evaluate({ cpu, load }, { warningPercent, criticalPercent, criticalLoadPerCoreRatio }) {
    if (cpu.busyPercent === undefined) return unknown('no-history');
    const lasting = cpu.cores > 0 && load.load5 / cpu.cores >= criticalLoadPerCoreRatio;
    return above(cpu.busyPercent, { warning: warningPercent, ...(lasting && { critical: criticalPercent }) });
  },
});
