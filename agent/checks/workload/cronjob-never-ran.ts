import { defineCheck } from '../check.ts';

export const cronjobNeverRan = defineCheck({
  id: 'workload-cronjob-never-ran',
  area: 'workload',
  title: { zh: '定时任务从未触发', en: 'CronJobs that have never run' },
  why: { zh: '本该定期完成的工作从未做过，没有报错也没有人知道。', en: 'Regular work has never been done, without any error or notice.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe cronjob <名称>` 查看事件；检查时间表、startingDeadlineSeconds 与 kube-controller-manager。',
    en: 'Run `kubectl -n <namespace> describe cronjob <name>` to see its events; check the schedule, startingDeadlineSeconds and kube-controller-manager.',
  },
  severity: 'warning',
  reads: ['jobs'],
  unit: 'seconds',
  threshold: { periodsCount: 2, minimumSeconds: 3_600 },
  source: 'popeye 1502; two periods, because within two the schedule was due at least once',

  evaluate({ jobs }, { periodsCount, minimumSeconds }, { now }) {
    return jobs.cronJobs.flatMap(({ namespace, name, suspended, createdAt, lastScheduledAt, periodSeconds }) => {
      if (suspended || lastScheduledAt !== undefined || periodSeconds === undefined) return [];
      const threshold = Math.max(periodsCount * periodSeconds, minimumSeconds);
      return now - createdAt > threshold ? [{ scope: { kind: 'CronJob', namespace, name }, observed: now - createdAt, threshold }] : [];
    });
  },
});
