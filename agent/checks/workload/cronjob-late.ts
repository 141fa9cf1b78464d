import { defineCheck, unknown } from '../check.ts';

export const cronjobLate = defineCheck({
  id: 'workload-cronjob-late',
  area: 'workload',
  title: { zh: '定时任务很久没有成功', en: 'CronJobs without a recent successful run' },
  why: {
    zh: '备份、对账、清理这类工作已经停了，往往要到需要结果时才被发现。',
    en: 'Work such as backups, reconciliation or clean-up has stopped, which often goes unnoticed until the result is needed.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get jobs` 与 `kubectl -n <命名空间> describe cronjob <名称>` 查看最近几次运行；修复失败原因或错过调度的原因。',
    en: 'Run `kubectl -n <namespace> get jobs` and `kubectl -n <namespace> describe cronjob <name>` to review the latest runs; fix the cause of the failures or missed schedules.',
  },
  severity: 'warning',
  reads: ['jobs'],
  unit: 'seconds',
  threshold: { periodsCount: 3, minimumSeconds: 3_600 },
  source: 'popeye 1502, k8sgpt; three periods of the schedule by practice, an hour at least, so that one slow run is no finding',

  evaluate({ jobs }, { periodsCount, minimumSeconds }, { now }) {
    const live = jobs.cronJobs.filter((row) => !row.suspended && row.schedule === 'valid');
    if (!jobs.reportsSuccess && live.length > 0) return unknown();
    return live.flatMap(({ namespace, name, lastSucceededAt, periodSeconds }) => {
      if (lastSucceededAt === undefined || periodSeconds === undefined) return [];
      const threshold = Math.max(periodsCount * periodSeconds, minimumSeconds);
      return now - lastSucceededAt > threshold ? [{ scope: { kind: 'CronJob', namespace, name }, observed: now - lastSucceededAt, threshold }] : [];
    });
  },
});
