/** What one pass over all pods tells: totals, the pods that are not plainly healthy, and what each node and namespace carries. */
import { bool, counter, gauge, list, map, name, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { TEMPLATE_FIELDS } from './template-fields.ts';

export const POD_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;
/** `state.waiting.reason` as kubelet spells it, worst first. */
export const WAITING_REASONS = [
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'SignatureValidationFailed',
  'RegistryUnavailable',
  'ErrImagePull',
  'ImagePullBackOff',
  'other',
  'ContainerCreating',
  'PodInitializing',
] as const;
/** `state.terminated.reason`. */
export const TERMINATION_REASONS = ['Completed', 'Error', 'OOMKilled', 'ContainerCannotRun', 'StartError', 'DeadlineExceeded', 'ContainerStatusUnknown', 'other'] as const;
/** Why a pod failed as a whole (`status.reason`), grouped. */
export const FAILURE_REASONS = ['evicted', 'node-shutdown', 'node-lost', 'preempted', 'not-admitted', 'deadline', 'other'] as const;
/** Why the scheduler finds no node, the most telling one of its message. */
export const UNSCHEDULABLE_REASONS = [
  'claim',
  'cpu',
  'memory',
  'ephemeral-storage',
  'extended-resource',
  'pod-count',
  'volume-node',
  'pod-affinity',
  'topology-spread',
  'host-port',
  'node-affinity',
  'taint',
  'other',
] as const;
/** The root owner's kind. `Node` = a static pod. */
export const OWNER_KINDS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Node', 'none', 'other'] as const;
export const QOS_CLASSES = ['Guaranteed', 'Burstable', 'BestEffort', 'other'] as const;

const NAMESPACE = text('命名空间', 'Namespace');
const SYSTEM = text('是否平台自带的命名空间', 'Whether the namespace belongs to the platform');
const OWNER = text('根属主的类型', 'Kind of the root owner');
const CREATED = text('创建时间', 'When it was created');

export const POD_SECTIONS = {
  pods: defineSection({
    id: 'pods',
    domain: 'cluster',
    group: 'workloads',
    purpose: text('Pod 的数量、状态、重启与资源请求', 'Pods: counts, states, restarts and requested resources'),
    fields: {
      total: counter(text('Pod 总数', 'Pods')),
      dropped: counter(text('超出上限而未列出的异常 Pod 数', 'Abnormal pods left out because of the cap')),
      byPhase: map(text('各阶段的 Pod 数', 'Pods by phase'), POD_PHASES, 'count'),
      byWaiting: map(text('各等待原因的 Pod 数', 'Pods by the reason that a container waits for'), WAITING_REASONS, 'count'),
      notReady: counter(text('运行中但未就绪的 Pod 数', 'Running pods that are not ready')),
      unscheduled: counter(text('尚未调度的 Pod 数', 'Pods without a node')),
      restarts: counter(text('全部容器的累计重启次数', 'Restarts of all containers over the lives of their pods')),
      leftover: counter(text('被驱逐、抢占或随节点关机终止后遗留的 Pod 数', 'Pods left over after eviction, preemption or node shutdown')),
      finished: counter(text('已结束（成功或失败）但未清理的 Pod 数', 'Finished pods, successful or not, that still exist')),
      abnormal: list(text('非完全健康的 Pod', 'Pods that are not plainly healthy'), 2_000, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('Pod 名称', 'Name of the pod'), 'pod'),
        system: bool(SYSTEM),
        ownerKind: oneOf(OWNER, OWNER_KINDS),
        owner: optional(name(text('根属主的名称', 'Name of the root owner'), 'workload')),
        node: optional(name(text('所在节点', 'Node that it runs on'), 'node')),
        phase: oneOf(text('阶段', 'Phase'), POD_PHASES),
        createdAt: timestamp(CREATED),
        ready: bool(text('是否就绪', 'Whether it is ready')),
        readyChangedAt: optional(timestamp(text('就绪状态最近变化的时间', 'When readiness last changed'))),
        scheduledAt: optional(timestamp(text('调度到节点的时间；未调度时缺省', 'When it got its node; left out while it has none'))),
        unschedulable: optional(oneOf(text('无法调度的原因', 'Why no node takes it'), UNSCHEDULABLE_REASONS)),
        gated: bool(text('是否被调度门控阻挡', 'Whether scheduling gates hold it back')),
        initializing: bool(text('初始化容器是否尚未完成', 'Whether init containers have not finished')),
        waiting: optional(oneOf(text('容器等待的原因，取最严重者', 'Why a container waits, the worst one'), WAITING_REASONS)),
        failure: optional(oneOf(text('整个 Pod 失败的原因', 'Why the pod failed as a whole'), FAILURE_REASONS)),
        restarts: counter(text('各容器重启次数之和', 'Restarts of its containers')),
        lastTermination: optional(oneOf(text('最近一次容器退出的原因', 'Reason of the latest container exit'), TERMINATION_REASONS)),
        lastExitCode: optional(gauge(text('最近一次容器退出的退出码', 'Exit code of the latest container exit'), 'value', { min: -2_147_483_648, max: 4_294_967_295 })),
        lastTerminatedAt: optional(timestamp(text('最近一次容器退出的时间', 'When a container last exited'))),
        lastRunSeconds: optional(gauge(text('最近退出的容器运行了多久', 'How long the container ran that exited last'), 'seconds')),
        oomKilledAt: optional(timestamp(text('最近一次因内存不足被终止的时间', 'When a container was last killed for lack of memory'))),
        deletedAt: optional(timestamp(text('应当删除完毕的时间（含宽限期）', 'When it should have been gone, grace period included'))),
        static: bool(text('是否静态 Pod', 'Whether it is a static pod')),
        containers: counter(text('容器数', 'Containers')),
        qos: oneOf(text('服务质量等级', 'Quality of service class'), QOS_CLASSES),
      }),
      byNode: list(text('各节点承载的未结束的 Pod', 'Unfinished pods by node'), 5_000, {
        node: name(text('节点', 'Node'), 'node'),
        pods: counter(text('Pod 数', 'Pods')),
        cpuRequestsMillicores: gauge(text('CPU 请求总量', 'CPU requested'), 'millicores'),
        memoryRequestsBytes: gauge(text('内存请求总量', 'Memory requested'), 'bytes'),
        cpuLimitsMillicores: gauge(text('CPU 限制总量', 'CPU limits'), 'millicores'),
        memoryLimitsBytes: gauge(text('内存限制总量', 'Memory limits'), 'bytes'),
        tenantPods: optional(counter(text('业务 Pod 数：不含平台命名空间、DaemonSet 与静态 Pod', "Tenants' pods: without those of the platform, of DaemonSets and static ones"))),
      }),
      nodesDropped: counter(text('超出上限而未列出的节点数', 'Nodes left out because of the cap')),
      byNamespace: list(text('各命名空间的 Pod', 'Pods by namespace'), 1_000, {
        namespace: name(NAMESPACE, 'namespace'),
        system: bool(SYSTEM),
        pods: counter(text('Pod 数（含已结束）', 'Pods, finished ones included')),
        ready: counter(text('就绪的 Pod 数', 'Ready pods')),
        restarts: counter(text('累计重启次数', 'Restarts')),
        cpuRequestsMillicores: gauge(text('CPU 请求总量', 'CPU requested'), 'millicores'),
        memoryRequestsBytes: gauge(text('内存请求总量', 'Memory requested'), 'bytes'),
      }),
      namespacesDropped: counter(text('超出上限而未列出的命名空间数', 'Namespaces left out because of the cap')),
      byWorkload: optional(
        list(text('资源请求最大的工作负载', 'The workloads that ask for most'), 1_000, {
          namespace: name(NAMESPACE, 'namespace'),
          kind: oneOf(OWNER, OWNER_KINDS),
          name: name(text('工作负载', 'Workload'), 'workload'),
          pods: counter(text('未结束的 Pod 数', 'Unfinished pods')),
          cpuRequestsMillicores: gauge(text('CPU 请求总量', 'CPU requested'), 'millicores'),
          memoryRequestsBytes: gauge(text('内存请求总量', 'Memory requested'), 'bytes'),
        }),
      ),
      workloadsDropped: optional(counter(text('超出上限而未列出资源请求的工作负载数', 'Workloads whose requests are left out because of the cap'))),
      naked: list(text('没有属主的 Pod', 'Pods that nothing owns'), 500, {
        namespace: name(NAMESPACE, 'namespace'),
        name: name(text('Pod 名称', 'Name of the pod'), 'pod'),
        system: bool(SYSTEM),
        createdAt: timestamp(CREATED),
      }),
      nakedDropped: counter(text('超出上限而未列出的无属主 Pod 数', 'Pods without an owner left out because of the cap')),
      templates: list(text('没有属主、或属主不是常见工作负载的 Pod 的配置，每个属主一行', 'What pods ask for that nothing or no common workload owns, one row an owner'), 1_000, {
        namespace: name(NAMESPACE, 'namespace'),
        pod: name(text('其中一个 Pod 的名称', 'Name of one such pod'), 'pod'),
        ownerKind: oneOf(OWNER, OWNER_KINDS),
        owner: optional(name(text('根属主的名称', 'Name of the root owner'), 'workload')),
        system: bool(SYSTEM),
        ends: bool(text('是否运行完即结束', 'Whether it is meant to end')),
        ...TEMPLATE_FIELDS,
      }),
      templatesDropped: counter(text('超出上限而未列出的此类 Pod 数', 'Such pods left out because of the cap')),
      colocated: list(text('全部副本都在同一节点上、且未配置打散的工作负载', 'Workloads without spreading rules whose replicas all run on one node'), 1_000, {
        namespace: name(NAMESPACE, 'namespace'),
        kind: oneOf(OWNER, OWNER_KINDS),
        name: name(text('工作负载', 'Workload'), 'workload'),
        system: bool(SYSTEM),
        node: name(text('节点', 'Node'), 'node'),
        pods: counter(text('副本数', 'Replicas')),
      }),
      unmountedClaims: optional(
        list(text('没有任何 Pod 挂载的已绑定 PVC', 'Bound PersistentVolumeClaims that no pod mounts'), 500, {
          namespace: name(NAMESPACE, 'namespace'),
          name: name(text('PVC 名称', 'Name of the claim'), 'claim'),
          createdAt: timestamp(CREATED),
        }),
      ),
      unmountedClaimsDropped: optional(counter(text('超出上限而未列出的此类 PVC 数', 'Such claims left out because of the cap'))),
      ownersDropped: counter(text('超出上限而未判断打散情况的工作负载数', 'Pods whose owners were not looked at for spreading, because of the cap')),
    },
  }),
} as const;
