import { defineCheck } from '../check.ts';

export const cronjobHistoryLarge = defineCheck({
  id: 'workload-cronjob-history-large',
  area: 'workload',
  title: { zh: '定时任务保留的历史过多', en: 'CronJobs retaining too many finished Jobs' },
  why: { zh: '结束的任务和 Pod 堆积，拖慢列表，占用 etcd 空间。', en: 'Finished Jobs and pods accumulate, slow down list operations and take up space in etcd.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get jobs` 查看积压；调低 successfulJobsHistoryLimit 与 failedJobsHistoryLimit。',
    en: 'Run `kubectl -n <namespace> get jobs` to see the backlog; lower successfulJobsHistoryLimit and failedJobsHistoryLimit.',
  },
  severity: 'info',
  setup: true,
  reads: ['jobs'],
  unit: 'count',
  threshold: { historyCount: 20 },
  source: 'practice: the defaults are 3 and 1; logs belong into the log store',

  evaluate({ jobs }, { historyCount }) {
    return jobs.cronJobs
      .filter(({ historyLimit }) => historyLimit > historyCount)
      .map(({ namespace, name, historyLimit }) => ({ scope: { kind: 'CronJob', namespace, name }, observed: historyLimit, threshold: historyCount }));
  },
});
