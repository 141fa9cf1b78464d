import { defineCheck } from '../check.ts';

export const cronjobSuspended = defineCheck({
  id: 'workload-cronjob-suspended',
  area: 'workload',
  title: { zh: '定时任务被暂停', en: 'Suspended CronJobs' },
  why: { zh: '暂停期间的备份、清理等工作不会补做，也容易被忘记恢复。', en: 'Runs missed while suspended are not made up for, and resuming is easily forgotten.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get cronjob <名称>` 确认暂停是否有意；需要时恢复，不再使用则删除。',
    en: 'Run `kubectl -n <namespace> get cronjob <name>` to confirm whether the suspension is intentional; resume the CronJob, or delete it if it is no longer used.',
  },
  severity: 'info',
  reads: ['jobs'],
  unit: 'count',
  threshold: {},
  source: 'popeye 1500; info, because suspending is a normal operation',

  evaluate({ jobs }) {
    return jobs.cronJobs.filter(({ suspended }) => suspended).map(({ namespace, name }) => ({ scope: { kind: 'CronJob', namespace, name } }));
  },
});
