import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const cpuPressureHigh = defineCheck({
  id: 'host-cpu-pressure-high',
  area: 'host',
  title: { zh: '处理器争用', en: 'CPU contention' },
  why: {
    zh: '任务等不到处理器，时延升高且波动，对延迟敏感的服务最先受影响。',
    en: 'Tasks wait for CPU time, so latency rises and fluctuates; latency-sensitive services are affected first.',
  },
  remedy: {
    zh: '执行 `cat /proc/pressure/cpu` 与 `top -b -n 1 | head -20` 查看；降低并发、调整 CPU 限制或扩容。',
    en: 'Run `cat /proc/pressure/cpu` and `top -b -n 1 | head -20` to check; lower concurrency, adjust CPU limits or add capacity.',
  },
  severity: 'warning',
  reads: ['pressure'],
  unit: 'percent',
  threshold: { warningPercent: 60 },
  source: 'practice: in 60 % of five minutes some task waited for a processor',

  evaluate({ pressure }, { warningPercent }) {
    if (pressure.cpuSome300Percent === undefined) return unknown();
    return above(pressure.cpuSome300Percent, { warning: warningPercent });
  },
});
