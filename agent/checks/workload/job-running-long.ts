import { defineCheck } from '../check.ts';

export const jobRunningLong = defineCheck({
  id: 'workload-job-running-long',
  area: 'workload',
  title: { zh: '任务运行时间过长', en: 'Jobs running for too long' },
  why: { zh: '任务可能已经卡住，占着资源，结果却不会产生。', en: 'The Job may be hung, holding resources and yielding no result.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> logs job/<名称> --tail=50` 确认是否仍有进展；卡住时结束它，并设置 activeDeadlineSeconds。',
    en: 'Run `kubectl -n <namespace> logs job/<name> --tail=50` to see whether it is still making progress; terminate it if it is hung, and set activeDeadlineSeconds.',
  },
  severity: 'warning',
  reads: ['jobs'],
  unit: 'seconds',
  threshold: { longerThanSeconds: 43_200 },
  source: 'kubernetes-mixin KubeJobNotCompleted (12 h)',

  evaluate({ jobs }, { longerThanSeconds }, { now }) {
    return jobs.notable.flatMap(({ state, startedAt, activePods, namespace, name, cronJob }) => {
      const seconds = startedAt === undefined ? 0 : now - startedAt;
      if (state !== 'running' || activePods === 0 || seconds <= longerThanSeconds) return [];
      return [{ scope: cronJob === undefined ? { kind: 'Job', namespace, name } : { kind: 'CronJob', namespace, name: cronJob }, observed: seconds, threshold: longerThanSeconds }];
    });
  },
});
