import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsJobs = defineCheck({
  id: 'addon-warning-events-jobs',
  area: 'addon',
  title: { zh: '任务失败事件频繁', en: 'Frequent Job failures' },
  why: { zh: '批处理、备份或对账的结果缺失，而且可能没有人在看。', en: 'Results of batches, backups or reconciliation are missing, and possibly nobody is watching.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=BackoffLimitExceeded --sort-by=.lastTimestamp`；查看失败 Pod 的日志，修正任务或其 `backoffLimit` 与期限。',
    en: 'Run `kubectl get events -A --field-selector reason=BackoffLimitExceeded --sort-by=.lastTimestamp`; read the logs of the failed pods, and correct the Job or its `backoffLimit` and deadline.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 10 },
  source: 'kubernetes-mixin KubeJobFailed, counted by events',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['BackoffLimitExceeded', 'DeadlineExceeded', 'FailedNeedsStart', 'TooManyMissedTimes'], limits);
  },
});
