/** Deployments, StatefulSets, DaemonSets and CronJobs: how they stand and what their pod templates ask for. Counts are over containers. */
import { bool, counter, gauge, list, map, name, oneOf, optional, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { TEMPLATE_FIELDS } from './template-fields.ts';

export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
/** The `Progressing` condition of a Deployment in one word. */
export const ROLLOUTS = ['complete', 'progressing', 'stuck', 'paused', 'other'] as const;
export const STRATEGIES = ['RollingUpdate', 'Recreate', 'OnDelete', 'other'] as const;
/** Kinds of things that a template refers to and that are looked up. ConfigMaps and Secrets are not: they may not be read. */
export const REFERENCES = ['service-account', 'claim', 'priority-class', 'runtime-class'] as const;

export const TEMPLATE_SECTIONS = {
  workloads: defineSection({
    id: 'workloads',
    domain: 'cluster',
    group: 'workloads',
    purpose: text('工作负载的副本、发布状态与 Pod 模板', 'Workloads: replicas, rollouts and pod templates'),
    fields: {
      total: counter(text('工作负载总数', 'Workloads')),
      dropped: counter(text('超出上限而未列出的工作负载数', 'Notable workloads left out because of the cap')),
      byKind: map(text('各类型的数量', 'Workloads by kind'), WORKLOAD_KINDS, 'count'),
      replicasDesired: counter(text('期望副本总数', 'Replicas wanted')),
      replicasReady: counter(text('就绪副本总数', 'Replicas ready')),
      checkedReferences: someOf(text('已核对是否存在的引用类型', 'Kinds of references that could be looked up'), REFERENCES),
      rows: list(text('工作负载', 'Workloads'), 5_000, {
        kind: oneOf(text('类型', 'Kind'), WORKLOAD_KINDS),
        namespace: name(text('命名空间', 'Namespace'), 'namespace'),
        name: name(text('名称', 'Name'), 'workload'),
        system: bool(text('是否平台自带的命名空间', 'Whether the namespace belongs to the platform')),
        createdAt: timestamp(text('创建时间', 'When it was created')),
        desired: counter(text('期望副本数', 'Replicas wanted')),
        ready: counter(text('就绪副本数', 'Replicas ready')),
        available: counter(text('可用副本数', 'Replicas available')),
        updated: counter(text('已更新副本数', 'Replicas of the newest template')),
        current: counter(text('现有副本数', 'Replicas that exist')),
        misscheduled: counter(text('运行在不该运行的节点上的副本数', 'Replicas on nodes where they should not be')),
        generationLag: bool(text('控制器是否尚未处理最新定义', 'Whether its controller has not seen the newest definition')),
        rollout: optional(oneOf(text('发布状态', 'State of the rollout'), ROLLOUTS)),
        rolloutChangedAt: optional(timestamp(text('发布状态最近变化的时间', 'When the rollout last changed'))),
        unavailableSince: optional(timestamp(text('从何时起低于最低可用副本', 'Since when it is below its minimum'))),
        strategy: oneOf(text('更新策略', 'Update strategy'), STRATEGIES),
        partitioned: bool(text('是否分区更新', 'Whether updates are held at a partition')),
        revisionSplit: bool(text('是否同时存在新旧两个版本', 'Whether two revisions run side by side')),
        revisionHistory: optional(gauge(text('保留的历史版本数', 'Old revisions that are kept'), 'count')),
        budgets: optional(counter(text('选中它的 PodDisruptionBudget 数', 'PodDisruptionBudgets that select it'))),
        budgetMinimum: optional(gauge(text('PodDisruptionBudget 要求的最少可用副本', 'Replicas that its PodDisruptionBudget wants to stay'), 'count')),
        autoscaled: optional(bool(text('是否由 HPA 伸缩', 'Whether a HorizontalPodAutoscaler scales it'))),
        autoscalerMinimum: optional(gauge(text('HPA 的最小副本数', 'Least replicas of its HorizontalPodAutoscaler'), 'count')),
        ...TEMPLATE_FIELDS,
        missing: someOf(text('引用了却不存在的对象类型', 'Kinds of things it refers to that do not exist'), REFERENCES),
      }),
    },
  }),
} as const;
