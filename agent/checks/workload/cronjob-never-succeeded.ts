import { defineCheck, unknown } from '../check.ts';

export const cronjobNeverSucceeded = defineCheck({
  id: 'workload-cronjob-never-succeeded',
  area: 'workload',
  title: { zh: '定时任务从未成功', en: 'CronJobs that have never succeeded' },
  why: { zh: '每次运行都失败：依赖其结果的备份或数据并不存在。', en: 'Every run has failed: the backup or data that others rely on does not exist.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get jobs` 找出它创建的任务，再用 `kubectl -n <命名空间> logs job/<任务>` 查看失败原因。',
    en: 'Run `kubectl -n <namespace> get jobs` to find the Jobs it created, then `kubectl -n <namespace> logs job/<job>` to see why they failed.',
  },
  severity: 'warning',
  reads: ['jobs'],
  unit: 'seconds',
  threshold: { periodsCount: 3, minimumSeconds: 3_600 },
  source: 'popeye 1502 (never ran or failing)',

  evaluate({ jobs }, { periodsCount, minimumSeconds }, { now }) {
    const live = jobs.cronJobs.filter((row) => !row.suspended && row.schedule === 'valid');
    if (!jobs.reportsSuccess && live.length > 0) return unknown();
    return live.flatMap(({ namespace, name, createdAt, lastScheduledAt, lastSucceededAt, periodSeconds = 0 }) => {
      if (lastScheduledAt === undefined || lastSucceededAt !== undefined) return [];
      const threshold = Math.max(periodsCount * periodSeconds, minimumSeconds);
      return now - createdAt > threshold ? [{ scope: { kind: 'CronJob', namespace, name }, observed: now - createdAt, threshold }] : [];
    });
  },
});
