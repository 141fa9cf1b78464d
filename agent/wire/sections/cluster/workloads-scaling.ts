import { bool, counter, gauge, list, name, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const CONDITION_STATUSES = ['True', 'False', 'Unknown'] as const;
export const TARGET_KINDS = ['Deployment', 'StatefulSet', 'ReplicaSet', 'other'] as const;
/** Why a HorizontalPodAutoscaler does not scale. */
export const SCALING_FAILURES = ['metric-missing', 'selector', 'disabled', 'target', 'other'] as const;
export const BUDGET_RULES = ['minAvailable', 'maxUnavailable', 'none'] as const;
/** Why pods could not be created, from the ReplicaFailure condition. */
export const CREATE_FAILURES = ['quota', 'limit-range', 'pod-security', 'service-account', 'webhook', 'priority-class', 'other'] as const;

const NAMESPACE = text('命名空间', 'Namespace');
const SYSTEM = text('是否平台自带的命名空间', 'Whether the namespace belongs to the platform');
const CREATED = text('创建时间', 'When it was created');
const TOTAL = text('总数', 'How many there are');
const DROPPED = text('超出上限而未列出的对象数', 'Notable rows left out because of the cap');

export const SCALING_SECTIONS = {
  autoscalers: defineSection({
    id: 'autoscalers',
    domain: 'cluster',
    group: 'workloads',
    purpose: text('水平自动伸缩', 'Horizontal pod autoscalers'),
    fields: {
      total: counter(TOTAL),
      dropped: counter(DROPPED),
      rows: list(text('水平自动扩缩（HorizontalPodAutoscaler）', 'HorizontalPodAutoscalers'), 2_000, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('名称', 'Name'), 'policy'),
        system: bool(SYSTEM),
        createdAt: timestamp(CREATED),
        targetKind: oneOf(text('伸缩对象的类型', 'Kind of what it scales'), TARGET_KINDS),
        target: name(text('伸缩对象', 'What it scales'), 'workload'),
        targetExists: optional(bool(text('伸缩对象是否存在', 'Whether what it scales exists'))),
        cpuRequestMillicores: optional(gauge(text('伸缩对象每个副本的 CPU 请求', 'CPU that each replica of it requests'), 'millicores')),
        memoryRequestBytes: optional(gauge(text('伸缩对象每个副本的内存请求', 'Memory that each replica of it requests'), 'bytes')),
        minimum: gauge(text('最小副本数', 'Least replicas'), 'count'),
        maximum: gauge(text('最大副本数', 'Most replicas'), 'count'),
        current: counter(text('当前副本数', 'Replicas now')),
        desired: counter(text('期望副本数', 'Replicas wanted')),
        lastScaledAt: optional(timestamp(text('上次伸缩时间', 'When it last scaled'))),
        scalingActive: optional(oneOf(text('能否取得指标并计算', 'Whether it can compute from its metrics'), CONDITION_STATUSES)),
        scalingActiveChangedAt: optional(timestamp(text('上述状态的变化时间', 'When that last changed'))),
        scalingFailure: optional(oneOf(text('不伸缩的原因', 'Why it does not scale'), SCALING_FAILURES)),
        ableToScale: optional(oneOf(text('能否修改副本数', 'Whether it can set replicas'), CONDITION_STATUSES)),
        ableToScaleChangedAt: optional(timestamp(text('上述状态的变化时间', 'When that last changed'))),
        limited: optional(bool(text('是否被最大副本数限制', 'Whether the maximum holds it back'))),
        limitedChangedAt: optional(timestamp(text('上述状态的变化时间', 'When that last changed'))),
      }),
    },
  }),
  disruptionBudgets: defineSection({
    id: 'disruptionBudgets',
    domain: 'cluster',
    group: 'workloads',
    purpose: text('Pod 干扰预算', 'Pod disruption budgets'),
    fields: {
      total: counter(TOTAL),
      dropped: counter(DROPPED),
      rows: list(text('Pod 中断预算（PodDisruptionBudget）', 'PodDisruptionBudgets'), 2_000, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('名称', 'Name'), 'policy'),
        system: bool(SYSTEM),
        createdAt: timestamp(CREATED),
        rule: oneOf(text('规则的种类', 'Kind of its rule'), BUDGET_RULES),
        expected: counter(text('选中的 Pod 数', 'Pods that it selects')),
        healthy: counter(text('健康的 Pod 数', 'Healthy pods')),
        desired: counter(text('要求健康的 Pod 数', 'Pods that must stay healthy')),
        allowed: counter(text('当前允许中断的 Pod 数', 'Pods that may be disrupted now')),
        changedAt: optional(timestamp(text('能否中断的变化时间', 'When it last changed whether disruption is allowed'))),
        generationLag: bool(text('控制器是否尚未处理最新定义', 'Whether its controller has not seen the newest definition')),
        idle: optional(bool(text('未选中 Pod 时，是否因工作负载副本数为零', 'When it selects no pod: whether its workload is scaled to zero'))),
      }),
    },
  }),
  replicaSets: defineSection({
    id: 'replicaSets',
    domain: 'cluster',
    group: 'workloads',
    purpose: text('副本集', 'Replica sets'),
    fields: {
      total: counter(TOTAL),
      active: counter(text('期望副本数大于零的数量', 'ReplicaSets that want replicas')),
      dropped: counter(DROPPED),
      failing: list(text('无法创建 Pod 的副本集', 'ReplicaSets that cannot create pods'), 500, {
        namespace: name(NAMESPACE, 'namespace'),
        kind: oneOf(text('所属对象的类型', 'Kind of what it belongs to'), ['Deployment', 'ReplicaSet']),
        name: name(text('所属 Deployment，没有则为自身', 'Its Deployment, or itself'), 'workload'),
        reason: oneOf(text('原因', 'Why'), CREATE_FAILURES),
        since: optional(timestamp(text('从何时起', 'Since when'))),
        missing: counter(text('缺少的副本数', 'Replicas that are missing')),
      }),
      short: list(text('不属于 Deployment 且副本不足的副本集', 'ReplicaSets of no Deployment with too few replicas ready'), 500, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('名称', 'Name'), 'workload'),
        createdAt: timestamp(CREATED),
        desired: counter(text('期望副本数', 'Replicas wanted')),
        ready: counter(text('就绪副本数', 'Replicas ready')),
      }),
      piled: list(text('积压旧副本集的 Deployment', 'Deployments with many old ReplicaSets'), 500, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('Deployment 名称', 'Name of the Deployment'), 'workload'),
        old: counter(text('旧副本集的数量', 'Old ReplicaSets')),
      }),
    },
  }),
} as const;
