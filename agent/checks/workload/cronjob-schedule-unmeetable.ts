import { defineCheck } from '../check.ts';

export const cronjobScheduleUnmeetable = defineCheck({
  id: 'workload-cronjob-schedule-unmeetable',
  area: 'workload',
  title: { zh: '定时任务的时间表无法满足', en: 'CronJobs with a schedule that is never due' },
  why: { zh: '这个时间永远不会到来，任务一次也不会执行。', en: 'The scheduled time never occurs, so the Job will never run.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get cronjob <名称> -o jsonpath={.spec.schedule}` 核对五个字段；例如二月三十日不存在，任务永远不会运行。',
    en: 'Run `kubectl -n <namespace> get cronjob <name> -o jsonpath={.spec.schedule}` to check the five fields; a date such as 30 February does not exist, so the Job never runs.',
  },
  severity: 'warning',
  reads: ['jobs'],
  unit: 'value',
  threshold: {},
  source: 'k8sgpt and awesome-prometheus-alerts check schedules; a valid but impossible date passes the API server',

  evaluate({ jobs }) {
    return jobs.cronJobs
      .filter(({ schedule }) => schedule !== 'valid')
      .map(({ namespace, name, schedule }) => ({ scope: { kind: 'CronJob', namespace, name }, observed: schedule }));
  },
});
