/** Sections about add-ons, the platform's own namespaces, warning events and certificates of cert-manager. */
import { bool, counter, gauge, list, map, name, oneOf, optional, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Add-ons that are recognised by the names their authors gave them. */
export const COMPONENTS = [
  'kube-proxy', 'node-local-dns', 'cni-agent', 'cni-controller', 'spiderpool-agent', 'spiderpool-controller', 'multus', 'load-balancer-controller', 'load-balancer-speaker',
  'ingress-nginx', 'ingress-controller', 'mesh-control-plane', 'metrics-server', 'kube-state-metrics', 'node-exporter', 'prometheus-operator', 'prometheus', 'alertmanager', 'grafana',
  'log-agent', 'log-store', 'cert-manager', 'csi-controller', 'csi-node', 'volume-provisioner', 'snapshot-controller', 'node-problem-detector', 'descheduler', 'cluster-autoscaler', 'policy-engine',
  'gpu-plugin', 'velero', 'velero-node-agent', 'insight-agent', 'kdoctor', 'gitops', 'event-autoscaler',
] as const;
export type Component = (typeof COMPONENTS)[number];
/** Whose network plugin it is. */
export const CNI_KINDS = ['calico', 'cilium', 'flannel', 'kube-ovn', 'weave', 'antrea', 'kindnet', 'canal', 'aws', 'azure', 'terway', 'kube-router', 'openshift', 'none'] as const;
/** Namespaces of the modules of DaoCloud Enterprise. */
export const PLATFORM_NAMESPACES = [
  'ghippo-system', 'kpanda-system', 'insight-system', 'mcamel-system', 'kcollie-system', 'kubean-system', 'amamba-system', 'kangaroo-system', 'mspider-system', 'skoala-system', 'kairship-system',
  'baize-system', 'virtnest-system', 'dowl-system', 'istio-system',
] as const;

export const addons = defineSection({
  id: 'addons',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('附加组件的副本与分布', 'Replicas and coverage of add-ons'),
  fields: {
    cni: oneOf(text('网络插件', 'Network plugin'), CNI_KINDS),
    nodes: counter(text('集群节点数', 'Nodes of the cluster')),
    metricsApi: oneOf(text('资源指标 API', 'Resource metrics API'), ['available', 'unavailable', 'absent']),
    metricsApiSince: optional(timestamp(text('资源指标 API 进入该状态的时间', 'Resource metrics API in this state since'))),
    dropped: counter(text('超出行数上限、未列出的组件数', 'Components left out over the cap')),
    components: list(text('识别出的组件', 'Components found'), 500, {
      component: oneOf(text('组件', 'Component'), COMPONENTS),
      kind: oneOf(text('工作负载类型', 'Kind of workload'), ['Deployment', 'DaemonSet', 'StatefulSet']),
      namespace: name(text('命名空间', 'Namespace'), 'namespace'),
      name: name(text('工作负载名称', 'Workload'), 'workload'),
      desired: counter(text('期望副本数', 'Desired replicas')),
      ready: counter(text('就绪副本数', 'Ready replicas')),
      version: optional(version(text('版本', 'Version'))),
      unreadySince: optional(timestamp(text('不可用的起始时间', 'Unavailable since'))),
      createdAt: timestamp(text('创建时间', 'Created')),
    }),
    platform: list(text('平台模块所在的命名空间', 'Namespaces of the platform modules'), PLATFORM_NAMESPACES.length, {
      namespace: name(text('命名空间', 'Namespace'), 'namespace'),
      workloads: counter(text('工作负载数', 'Workloads')),
      notReady: counter(text('副本未全部就绪的工作负载数', 'Workloads with replicas that are not ready')),
      down: counter(text('没有任何就绪副本的工作负载数', 'Workloads without any ready replica')),
    }),
  },
});

/** Reasons of warning events that Kubernetes' components and node-problem-detector are known to write. */
export const EVENT_REASONS = [
  'FailedScheduling', 'FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedDetachVolume', 'VolumeResizeFailed', 'FileSystemResizeFailed', 'ProvisioningFailed', 'FailedBinding', 'VolumeFailedDelete',
  'Evicted', 'EvictionThresholdMet', 'FreeDiskSpaceFailed', 'ImageGCFailed', 'ContainerGCFailed', 'InvalidDiskCapacity', 'Unhealthy', 'ProbeWarning', 'BackOff', 'Failed', 'FailedCreatePodSandBox',
  'FailedPodSandBoxStatus', 'FailedKillPod', 'InspectFailed', 'ErrImageNeverPull', 'FailedPostStartHook', 'FailedPreStopHook', 'ExceededGracePeriod', 'FailedSync', 'FailedValidation', 'NetworkNotReady',
  'DNSConfigForming', 'NodeNotReady', 'NodeNotSchedulable', 'Rebooted', 'SystemOOM', 'OOMKilling', 'KernelOops', 'TaskHung', 'Ext4Error', 'IOError', 'FilesystemIsReadOnly', 'CorruptDockerOverlay2',
  'FailedNodeAllocatableEnforcement', 'KubeletSetupFailed', 'CIDRNotAvailable', 'CIDRAssignmentFailed', 'HostPortConflict', 'FailedCreate', 'FailedDelete', 'FailedDaemonPod', 'BackoffLimitExceeded',
  'DeadlineExceeded', 'FailedNeedsStart', 'TooManyMissedTimes', 'FailedGetResourceMetric', 'FailedComputeMetricsReplicas', 'FailedGetScale', 'FailedRescale', 'FailedToUpdateEndpoint',
  'FailedToUpdateEndpointSlices', 'SyncLoadBalancerFailed', 'AllocationFailed', 'IPAddressNotAllocated', 'ClusterIPNotAllocated', 'PortNotAllocated', 'PolicyViolation', 'Preempted', 'ClaimLost', 'other',
] as const;
export type EventReason = (typeof EVENT_REASONS)[number];
export const EVENT_KINDS = [
  'Pod', 'Node', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'HorizontalPodAutoscaler', 'Service', 'Ingress', 'PersistentVolumeClaim', 'PersistentVolume', 'PodDisruptionBudget', 'other',
] as const;

export const events = defineSection({
  id: 'events',
  domain: 'cluster',
  group: 'log-counts',
  purpose: text('告警事件的次数，按原因归类（不含消息内容）', 'Counts of warning events by reason, never their messages'),
  fields: {
    total: counter(text('告警事件对象数', 'Warning event objects')),
    lastHour: counter(text('最近一小时的发生次数（按起止时间均摊估算）', 'Occurrences in the last hour, spread evenly between first and last')),
    byKind: map(text('最近一小时，按对象类型统计', 'Last hour, by kind of object'), EVENT_KINDS, 'count'),
    reasons: list(text('按原因统计', 'By reason'), EVENT_REASONS.length, {
      reason: oneOf(text('原因', 'Reason'), EVENT_REASONS),
      occurrences: counter(text('累计次数', 'Occurrences')),
      lastHour: counter(text('最近一小时的次数（估算）', 'Occurrences in the last hour, estimated')),
      lastHourSystem: counter(text('其中平台命名空间的次数', 'Of these, in platform namespaces')),
      objects: gauge(text('涉及的对象数（最多计到 500）', 'Objects concerned, counted up to 500'), 'count', { max: 500 }),
      firstAt: optional(timestamp(text('首次出现', 'First seen'))),
      lastAt: optional(timestamp(text('最近出现', 'Last seen'))),
    }),
  },
});

export const certManager = defineSection({
  id: 'certManager',
  domain: 'cluster',
  group: 'certificates',
  purpose: text('cert-manager 管理的证书', 'Certificates that cert-manager looks after'),
  fields: {
    total: counter(text('证书总数', 'Certificates')),
    dropped: counter(text('超出行数上限、未列出的证书数', 'Notable certificates left out over the cap')),
    rows: list(text('未就绪或即将到期的证书', 'Certificates that are not ready or end soon'), 1_000, {
      namespace: name(text('命名空间', 'Namespace'), 'namespace'),
      name: name(text('证书名称', 'Certificate'), 'certificate'),
      ready: bool(text('就绪', 'Ready')),
      since: optional(timestamp(text('进入该状态的时间', 'In this state since'))),
      notAfter: optional(timestamp(text('到期时间', 'Ends'))),
      renewalAt: optional(timestamp(text('计划续期时间', 'Planned renewal'))),
      failedAttempts: optional(counter(text('连续签发失败次数', 'Failed attempts in a row'))),
      createdAt: timestamp(text('创建时间', 'Created')),
    }),
  },
});

export const CLUSTER_ADDON_SECTIONS = { addons, events, certManager } as const;
