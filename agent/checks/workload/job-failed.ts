import { defineCheck, type Violation } from '../check.ts';

export const jobFailed = defineCheck({
  id: 'workload-job-failed',
  area: 'workload',
  title: { zh: '任务失败', en: 'Failed Jobs' },
  why: { zh: '任务失败且不再重试：批处理、备份或迁移没有完成。', en: 'The Job has failed and will not be retried: a batch, backup or migration was not completed.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe job <名称>` 与 `kubectl -n <命名空间> logs job/<名称>` 查明原因；修正后重新运行，再删除失败记录。',
    en: 'Run `kubectl -n <namespace> describe job <name>` and `kubectl -n <namespace> logs job/<name>` to find the cause; fix it, run the Job again and delete the failed one.',
  },
  severity: 'warning',
  reads: ['jobs'],
  unit: 'value',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeJobFailed (15 min); a failure that a later run of the CronJob made good does not count',

  evaluate({ jobs }, { minimumSeconds }, { now }) {
    const failed = jobs.notable.filter((row) => row.state === 'failed' && !row.recovered && now - (row.failedAt ?? row.createdAt) >= minimumSeconds);
    const latest = new Map<string, Violation>();
    for (const { namespace, name, cronJob, failure = 'other' } of failed) {
      const scope = cronJob === undefined ? ({ kind: 'Job', namespace, name } as const) : ({ kind: 'CronJob', namespace, name: cronJob } as const);
      latest.set(`${scope.kind}/${namespace}/${scope.name}`, { scope, observed: failure }); // a CronJob that fails each night is one finding
    }
    const violations: readonly Violation[] = [...latest.values()];
    return violations;
  },
});
