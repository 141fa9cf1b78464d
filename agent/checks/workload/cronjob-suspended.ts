import { defineCheck } from '../check.ts';

export const cronjobSuspended = defineCheck({
  id: 'workload-cronjob-suspended',
  area: 'workload',
  title: { zh: '定时任务被暂停', en: 'CronJobs are suspended' },
  why: { zh: '暂停期间的备份、清理等工作不会补做，也容易被忘记恢复。', en: 'What it should do is not made up for, and resuming it is easily forgotten.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get cronjob <名称>` 确认暂停是否有意；需要时恢复，不再使用则删除。',
    en: 'Run `kubectl -n <namespace> get cronjob <name>` to see whether that is meant; resume it, or delete it when it is of no more use.',
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
