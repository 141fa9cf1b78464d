import { defineCheck } from '../check.ts';

export const cronjobOverlapping = defineCheck({
  id: 'workload-cronjob-overlapping',
  area: 'workload',
  title: { zh: '定时任务的多次运行重叠', en: 'Overlapping CronJob runs' },
  why: {
    zh: '两次运行同时处理同样的数据，可能重复记账、互相锁死或越积越多。',
    en: 'Two runs process the same data at once: they may create duplicate entries, deadlock or pile up.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get jobs` 查看同时运行的任务；把 concurrencyPolicy 改为 Forbid 或 Replace，或延长周期。',
    en: 'Run `kubectl -n <namespace> get jobs` to see the Jobs running concurrently; set concurrencyPolicy to Forbid or Replace, or run the CronJob less often.',
  },
  severity: 'warning',
  setup: true,
  reads: ['jobs'],
  unit: 'count',
  threshold: { activeCount: 2 },
  source: 'practice: with concurrencyPolicy Allow slow runs add up without limit',

  evaluate({ jobs }, { activeCount }) {
    return jobs.cronJobs
      .filter(({ concurrency, active }) => concurrency === 'Allow' && active >= activeCount)
      .map(({ namespace, name, active }) => ({ scope: { kind: 'CronJob', namespace, name }, observed: active, threshold: activeCount }));
  },
});
