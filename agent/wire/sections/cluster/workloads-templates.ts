/** Deployments, StatefulSets, DaemonSets and CronJobs: how they stand and what their pod templates ask for. Counts are over containers. */
import { bool, counter, gauge, list, map, name, oneOf, optional, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
/** The `Progressing` condition of a Deployment in one word. */
export const ROLLOUTS = ['complete', 'progressing', 'stuck', 'paused', 'other'] as const;
export const STRATEGIES = ['RollingUpdate', 'Recreate', 'OnDelete', 'other'] as const;
/** Kinds of things that a template refers to and that are looked up. ConfigMaps and Secrets are not: they may not be read. */
export const REFERENCES = ['service-account', 'claim', 'priority-class', 'runtime-class'] as const;

/** Facts of one pod template. */
const TEMPLATE_FIELDS = {
  containers: counter(text('容器数（不含初始化容器）', 'Containers, init containers not counted')),
  noReadinessProbe: counter(text('没有就绪探针的容器数', 'Containers without a readiness probe')),
  noLivenessProbe: counter(text('没有存活探针的容器数', 'Containers without a liveness probe')),
  identicalProbes: counter(text('存活探针与就绪探针相同且超时过短的容器数', 'Containers whose liveness probe is their readiness probe, with the shortest timeout')),
  livenessSeconds: gauge(text('存活探针判定失败所需的最长时间', 'Longest time until a liveness probe gives a container up'), 'seconds'),
  noCpuRequest: counter(text('没有 CPU 请求的容器数', 'Containers without a CPU request')),
  noMemoryRequest: counter(text('没有内存请求的容器数', 'Containers without a memory request')),
  noCpuLimit: counter(text('没有 CPU 限制的容器数', 'Containers without a CPU limit')),
  noMemoryLimit: counter(text('没有内存限制的容器数', 'Containers without a memory limit')),
  imageLatest: counter(text('使用 latest 标签的镜像数', 'Images with the tag latest')),
  imageUntagged: counter(text('没有标签的镜像数', 'Images without a tag')),
  imageDigest: counter(text('以摘要固定的镜像数', 'Images pinned by digest')),
  pullPolicyMismatch: counter(text('镜像标签可变却不总是拉取的容器数', 'Containers with a mutable tag that is not always pulled')),
  duplicateEnv: counter(text('重复定义的环境变量数', 'Environment variables defined more than once')),
  credentialEnv: counter(text('以明文写入凭据的环境变量数', 'Environment variables that hold a credential in clear')),
  privileged: counter(text('特权容器数', 'Privileged containers')),
  privilegeEscalation: counter(text('允许提升权限的容器数', 'Containers that may gain privileges')),
  mayRunAsRoot: counter(text('可能以 root 运行的容器数', 'Containers that may run as root')),
  highCapabilities: counter(text('增加了高危能力的容器数', 'Containers with a capability that amounts to root on the node')),
  addedCapabilities: counter(text('增加了基线以外能力的容器数', 'Containers with other capabilities beyond the baseline')),
  capabilitiesKept: counter(text('未丢弃全部能力的容器数', 'Containers that do not drop all capabilities')),
  writableRoot: counter(text('根文件系统可写的容器数', 'Containers with a writable root file system')),
  seccompUnset: counter(text('未设置 seccomp 的容器数', 'Containers without a seccomp profile')),
  seccompUnconfined: counter(text('关闭了 seccomp 的容器数', 'Containers with seccomp switched off')),
  appArmorUnconfined: counter(text('关闭了 AppArmor 的容器数', 'Containers with AppArmor switched off')),
  procUnmasked: counter(text('未屏蔽 /proc 的容器数', 'Containers with an unmasked /proc')),
  hostPorts: counter(text('占用的主机端口数', 'Host ports taken')),
  hostNetwork: bool(text('是否使用主机网络', 'Whether it uses the host network')),
  hostPid: bool(text('是否使用主机进程空间', 'Whether it sees the processes of the host')),
  hostIpc: bool(text('是否使用主机 IPC', 'Whether it shares the IPC of the host')),
  hostPaths: counter(text('主机目录卷的数量', 'Host path volumes')),
  sensitiveHostPaths: counter(text('可写的敏感主机目录或运行时套接字的数量', 'Sensitive host paths that are writable, or runtime sockets')),
  unsafeSysctls: counter(text('基线以外的 sysctl 数', 'Sysctls beyond the baseline')),
  defaultServiceAccount: bool(text('是否使用 default 服务账号', 'Whether it uses the default service account')),
  automountToken: optional(bool(text('是否自动挂载服务账号令牌', 'Whether the service account token is mounted'))),
  priorityClassSet: bool(text('是否设置优先级类', 'Whether a priority class is set')),
  spread: bool(text('是否配置副本打散', 'Whether replicas are told to spread')),
  graceZero: bool(text('终止宽限期是否为零', 'Whether the termination grace period is zero')),
  missing: someOf(text('引用了却不存在的对象类型', 'Kinds of things it refers to that do not exist'), REFERENCES),
};

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
      }),
    },
  }),
} as const;
