import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tlqMetricsStale = defineCheck({
  id: 'tlq-metrics-stale',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 指标文件过期', en: 'Outdated TongLINK/Q metrics file' },
  why: { zh: '看不到队列与通道的真实状态，问题会被漏掉。', en: 'The actual state of queues and channels is not visible, so problems are missed.' },
  remedy: {
    zh: '检查写指标文件的定时任务与 `tlqstat` 是否可执行。',
    en: 'Check the scheduled job that writes the metrics file, and that `tlqstat` can be run.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'seconds',
  threshold: { warningSeconds: 3_600 },
  source: 'practice: an hour; numbers that are older say nothing of now',

  evaluate({ middlewareTlq: { rows } }, { warningSeconds }) {
    return judgeInstances(rows, ({ metricsAgeSeconds }) => told(metricsAgeSeconds, (age) => above(age, { warning: warningSeconds })));
  },
});
