import { bool, counter, gauge, list, name, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const JOB_STATES = ['running', 'failed', 'suspended'] as const;
/** `reason` of a Job's Failed condition. */
export const JOB_FAILURES = ['BackoffLimitExceeded', 'DeadlineExceeded', 'PodFailurePolicy', 'FailedIndexes', 'MaxFailedIndexesExceeded', 'other'] as const;
/** `never` = a day that no calendar has. */
export const SCHEDULES = ['valid', 'invalid', 'never'] as const;
export const CONCURRENCIES = ['Allow', 'Forbid', 'Replace', 'other'] as const;

const NAMESPACE = text('命名空间', 'Namespace');
const SYSTEM = text('是否平台自带的命名空间', 'Whether the namespace belongs to the platform');

export const JOB_SECTIONS = {
  jobs: defineSection({
    id: 'jobs',
    domain: 'cluster',
    group: 'workloads',
    purpose: text('任务与定时任务', 'Jobs and CronJobs'),
    fields: {
      total: counter(text('Job 总数', 'Jobs')),
      active: counter(text('运行中的 Job 数', 'Jobs that run')),
      succeeded: counter(text('成功的 Job 数', 'Jobs that succeeded')),
      failed: counter(text('失败的 Job 数', 'Jobs that failed')),
      leftover: counter(text('已结束、无属主且不会自动清理的 Job 数', 'Finished Jobs without an owner that nothing cleans up')),
      cronTotal: counter(text('CronJob 总数', 'CronJobs')),
      cronSuspended: counter(text('已暂停的 CronJob 数', 'CronJobs that are suspended')),
      dropped: counter(text('超出上限而未列出的对象数', 'Notable rows left out because of the cap')),
      reportsSuccess: bool(text('API 是否提供 CronJob 上次成功时间', 'Whether the API tells when a CronJob last succeeded')),
      notable: list(text('失败、暂停或仍在运行的 Job', 'Jobs that failed, wait or still run'), 1_000, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('Job 名称', 'Name of the Job'), 'workload'),
        system: bool(SYSTEM),
        state: oneOf(text('状态', 'State'), JOB_STATES),
        cronJob: optional(name(text('创建它的 CronJob', 'CronJob that made it'), 'workload')),
        recovered: bool(text('其 CronJob 此后是否成功过', 'Whether its CronJob succeeded since')),
        createdAt: timestamp(text('创建时间', 'When it was created')),
        startedAt: optional(timestamp(text('开始时间', 'When it started'))),
        failedAt: optional(timestamp(text('失败时间', 'When it failed'))),
        failure: optional(oneOf(text('失败原因', 'Why it failed'), JOB_FAILURES)),
        failedPods: counter(text('失败的 Pod 数', 'Pods that failed')),
        activePods: counter(text('运行中的 Pod 数', 'Pods that run')),
      }),
      cronJobs: list(text('定时任务', 'CronJobs'), 2_000, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('CronJob 名称', 'Name of the CronJob'), 'workload'),
        system: bool(SYSTEM),
        createdAt: timestamp(text('创建时间', 'When it was created')),
        suspended: bool(text('是否暂停', 'Whether it is suspended')),
        schedule: oneOf(text('时间表是否有效', 'Whether its schedule can be met'), SCHEDULES),
        periodSeconds: optional(gauge(text('相邻两次运行的最长间隔', 'Longest time between two runs'), 'seconds')),
        lastScheduledAt: optional(timestamp(text('上次触发时间', 'When it was last due'))),
        lastSucceededAt: optional(timestamp(text('上次成功时间', 'When it last succeeded'))),
        active: counter(text('运行中的 Job 数', 'Jobs of it that run')),
        concurrency: oneOf(text('并发策略', 'Concurrency policy'), CONCURRENCIES),
        historyLimit: gauge(text('保留的历史 Job 数', 'Finished Jobs that are kept'), 'count'),
      }),
    },
  }),
} as const;
