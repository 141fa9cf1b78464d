/** Nodes as the API server knows them, and what metrics-server measures on them. */
import { bool, counter, gauge, list, name, oneOf, optional, someOf, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { DISTRIBUTIONS } from '../host/system-os.ts';

/** The distributions of host sections, so that one table of lifecycles serves both. */
export const OS_FAMILIES = [...DISTRIBUTIONS, 'windows'] as const;
/** Conditions that node-problem-detector's and GPU operators' own rules set; True means trouble. */
export const NODE_PROBLEMS = [
  'KernelDeadlock', 'ReadonlyFilesystem', 'XfsShutdown', 'CperHardwareErrorFatal', 'CorruptDockerOverlay2', 'FrequentKubeletRestart', 'FrequentDockerRestart', 'FrequentContainerdRestart',
  'FrequentUnregisterNetDevice', 'KubeletUnhealthy', 'KubeletProblem', 'ContainerRuntimeUnhealthy', 'ContainerRuntimeProblem', 'CRIProblem', 'DockerProblem', 'NTPProblem', 'IptablesVersionsMismatch',
  'ConntrackFull', 'ConntrackFullProblem', 'FDPressure', 'FDProblem', 'PIDProblem', 'MemoryProblem', 'CNIProblem', 'KUBEPROXYProblem', 'DiskReadonly', 'DiskProblem', 'DiskHung', 'DiskSlow', 'MountPointProblem',
  'EmptyDirVolumeGroupStatusError', 'LocalPvVolumeGroupStatusError', 'NetworkingNotReady', 'GPUProblem', 'RDMANotReady', 'ScheduledEvent', 'SpotPriceNodeReclaimNotification', 'NodeDiskIOHang', 'InodesPressure',
  'InstanceExpired', 'RuntimeOffline', 'DockerOffline', 'NodePIDPressure', 'EcsInstanceUnhealthy',
] as const;
export const PRESSURES = ['memory', 'disk', 'pid', 'network-unavailable'] as const;
export const RUNTIMES = ['containerd', 'docker', 'cri-o', 'isulad', 'other'] as const;

export const nodes = defineSection({
  id: 'nodes',
  domain: 'cluster',
  group: 'inventory',
  purpose: text('集群节点的状态、版本与容量', 'State, versions and capacity of the nodes'),
  fields: {
    takenAt: timestamp(text('读取时间', 'When they were read')),
    total: counter(text('节点总数', 'Nodes')),
    controlPlanes: counter(text('管理节点数', 'Control-plane nodes')),
    zones: counter(text('可用区数；没有可用区标签时为 0', 'Zones; 0 without zone labels')),
    dropped: counter(text('超出行数上限、未列出的节点数', 'Nodes left out over the cap')),
    rows: list(text('节点', 'Nodes'), 5_000, {
      name: name(text('节点名称', 'Node'), 'node'),
      role: oneOf(text('角色', 'Role'), ['control-plane', 'worker']),
      createdAt: timestamp(text('加入时间', 'When it joined')),
      ready: oneOf(text('Ready 状态', 'Condition Ready'), ['true', 'false', 'unknown', 'missing']),
      readySince: optional(timestamp(text('Ready 状态最近变化的时间', 'When Ready last changed'))),
      heartbeatAt: optional(timestamp(text('kubelet 最近上报状态的时间', 'When kubelet last posted its status'))),
      leaseAt: optional(timestamp(text('节点租约最近续约的时间', 'When its lease was last renewed'))),
      pressures: someOf(text('成立的压力类状态', 'Pressure conditions that hold'), PRESSURES),
      memoryPressureSince: optional(timestamp(text('内存压力起始时间', 'Memory pressure since'))),
      diskPressureSince: optional(timestamp(text('磁盘压力起始时间', 'Disk pressure since'))),
      pidPressureSince: optional(timestamp(text('进程号压力起始时间', 'PID pressure since'))),
      networkUnavailableSince: optional(timestamp(text('网络不可用起始时间', 'Network unavailable since'))),
      problems: someOf(text('问题检测程序置为真的已知状态', 'Known conditions that a problem detector set'), NODE_PROBLEMS),
      otherProblems: counter(text('置为真的其他自定义状态数', 'Other custom conditions that hold')),
      problemSince: optional(timestamp(text('最早一项自定义问题的起始时间', 'Oldest custom problem since'))),
      staleConditions: counter(text('久未更新的自定义状态数', 'Custom conditions whose reporter fell silent')),
      unschedulable: bool(text('禁止调度', 'Cordoned')),
      unschedulableSince: optional(timestamp(text('禁止调度的起始时间', 'Cordoned since'))),
      unreachable: bool(text('带有不可达污点', 'Tainted as unreachable')),
      uninitialized: bool(text('云控制器尚未初始化', 'Not yet initialised by the cloud controller')),
      dedicated: bool(text('带有禁止普通 Pod 的管理节点污点', 'Tainted by its role, so ordinary pods stay away')),
      taints: counter(text('自定义污点数（不含系统与管理节点污点）', 'Custom taints, without those of the system and of control-plane nodes')),
      noExecuteTaints: counter(text('其中会驱逐 Pod 的污点数', 'Of these, taints that evict pods')),
      kubelet: optional(version(text('kubelet 版本', 'Version of kubelet'))),
      kubeletMinor: optional(counter(text('kubelet 次版本号', 'Minor version number of kubelet'))),
      kernel: optional(version(text('内核版本', 'Kernel version'))),
      os: oneOf(text('操作系统', 'Operating system'), OS_FAMILIES),
      osVersion: optional(version(text('操作系统版本', 'Version of the operating system'))),
      runtime: oneOf(text('容器运行时', 'Container runtime'), RUNTIMES),
      runtimeVersion: optional(version(text('容器运行时版本', 'Version of the container runtime'))),
      architecture: oneOf(text('处理器架构', 'Processor architecture'), ['amd64', 'arm64', 'other']),
      cpuCapacityMillicores: gauge(text('CPU 容量', 'CPU capacity'), 'millicores'),
      cpuAllocatableMillicores: gauge(text('可分配 CPU', 'Allocatable CPU'), 'millicores'),
      memoryCapacityBytes: gauge(text('内存容量', 'Memory capacity'), 'bytes'),
      memoryAllocatableBytes: gauge(text('可分配内存', 'Allocatable memory'), 'bytes'),
      ephemeralAllocatableBytes: optional(gauge(text('可分配临时存储', 'Allocatable ephemeral storage'), 'bytes')),
      podsAllocatable: counter(text('可容纳的 Pod 数', 'Pods that it can take')),
      zone: optional(counter(text('可用区编号，从 1 开始；只在本次巡检内有意义', 'Number of its zone from 1, meaningful within this inspection only'))),
      podCidr: bool(text('已分配 Pod 网段', 'Has a pod CIDR')),
      images: counter(text('上报的镜像数（kubelet 默认最多报 50 个）', 'Images reported (kubelet reports 50 at most by default)')),
      volumesAttached: counter(text('已挂载的卷数', 'Attached volumes')),
      volumesOfDriver: optional(counter(text('最接近上限的存储驱动已挂载的卷数', 'Attached volumes of the driver that is closest to its limit'))),
      volumesLimit: optional(counter(text('该驱动的卷数上限', 'Limit of that driver'))),
    }),
  },
});

export const nodeUsage = defineSection({
  id: 'nodeUsage',
  domain: 'cluster',
  group: 'usage',
  purpose: text('metrics-server 测得的节点用量', 'Use of the nodes as metrics-server measures it'),
  fields: {
    total: counter(text('有数据的节点数', 'Nodes with data')),
    dropped: counter(text('超出行数上限、未列出的节点数', 'Nodes left out over the cap')),
    oldestAt: optional(timestamp(text('最旧一条数据的时间', 'Time of the oldest value'))),
    rows: list(text('节点用量', 'Use by node'), 5_000, {
      node: name(text('节点', 'Node'), 'node'),
      cpuMillicores: gauge(text('CPU 用量', 'CPU in use'), 'millicores'),
      memoryBytes: gauge(text('内存用量（工作集）', 'Memory in use, working set'), 'bytes'),
    }),
  },
});

export const NODE_SECTIONS = { nodes, nodeUsage } as const;
