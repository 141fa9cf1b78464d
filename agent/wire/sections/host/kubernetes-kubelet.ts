/** The kubelet of this node: whether it lives, and the settings that checks judge. */
import { bool, counter, gauge, oneOf, optional, percent, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const KUBELET_AUTHORIZATION_MODES = ['AlwaysAllow', 'Webhook', 'other'] as const;
export const CGROUP_DRIVERS = ['systemd', 'cgroupfs', 'other'] as const;
/** Go's names; `default` is TLS 1.2 in every supported release. */
export const TLS_VERSIONS = ['default', 'VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13', 'other'] as const;
export const EVICTION_SIGNALS = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available'] as const;
export type EvictionSignal = (typeof EVICTION_SIGNALS)[number];
export const SWAP_BEHAVIORS = ['unset', 'NoSwap', 'LimitedSwap', 'UnlimitedSwap', 'other'] as const;

export const kubelet = defineSection({
  id: 'kubelet',
  domain: 'host',
  group: 'configuration',
  purpose: text(
    'kubelet 的运行状况与部分配置（生效值：默认值 + 配置文件 + 片段目录 + 启动参数；不发送配置摘要）',
    'State of the kubelet and chosen settings in effect: defaults, configuration file, drop-ins, flags; no digest of the configuration is sent',
  ),
  fields: {
    running: optional(bool(text('进程是否在运行', 'Whether its process runs'))),
    health: optional(oneOf(text('健康检查结果', 'Answer of its health endpoint'), ['ok', 'failed', 'unreachable'])),
    startedAt: optional(timestamp(text('启动时间', 'Start of the process'))),
    configSource: oneOf(text('配置来源', 'Where its settings came from'), ['file', 'flags', 'none']),
    configChangedAt: optional(timestamp(text('配置最近修改时间', 'Last change of its configuration files'))),
    anonymousAuth: optional(bool(text('是否允许匿名访问', 'Whether anonymous requests are accepted'))),
    authorizationMode: optional(oneOf(text('授权模式', 'Authorization mode'), KUBELET_AUTHORIZATION_MODES)),
    readOnlyPort: optional(counter(text('只读端口（0 为关闭）', 'Read-only port; 0 means closed'))),
    rotateCertificates: optional(bool(text('是否自动轮换客户端证书', 'Whether it renews its client certificate'))),
    serverTlsBootstrap: optional(bool(text('服务端证书是否由集群签发', 'Whether the cluster signs its server certificate'))),
    protectKernelDefaults: optional(bool(text('内核参数不符时是否拒绝启动', 'Whether it refuses to start when kernel settings differ'))),
    failSwapOn: optional(bool(text('启用交换分区时是否拒绝启动', 'Whether it refuses to start with swap'))),
    swapBehavior: optional(oneOf(text('Pod 使用交换分区的方式', 'How pods may use swap'), SWAP_BEHAVIORS)),
    cgroupDriver: optional(oneOf(text('明确设置的 cgroup 驱动', 'Cgroup driver, where set'), CGROUP_DRIVERS)),
    maxPods: optional(counter(text('Pod 数上限', 'Most pods'))),
    evictionHardSet: optional(bool(text('是否明确设置了硬驱逐阈值', 'Whether hard eviction is set, not left to defaults'))),
    evictionSignals: optional(someOf(text('生效的硬驱逐信号', 'Signals of hard eviction in effect'), EVICTION_SIGNALS)),
    evictionMemoryBytes: optional(counter(text('内存硬驱逐阈值（绝对值）', 'Hard eviction by memory, as bytes'), 'bytes')),
    evictionMemoryPercent: optional(percent(text('内存硬驱逐阈值（比例）', 'Hard eviction by memory, as a share'))),
    evictionNodefsPercent: optional(percent(text('节点文件系统硬驱逐阈值', 'Hard eviction by node file system'))),
    evictionImagefsPercent: optional(percent(text('镜像文件系统硬驱逐阈值', 'Hard eviction by image file system'))),
    systemReservedSet: optional(bool(text('是否为系统预留资源', 'Whether resources are reserved for the system'))),
    kubeReservedSet: optional(bool(text('是否为 Kubernetes 组件预留资源', 'Whether resources are reserved for Kubernetes'))),
    imageGcHighPercent: optional(percent(text('开始清理镜像的磁盘使用率', 'Disk use at which images are cleaned up'))),
    imageGcLowPercent: optional(percent(text('停止清理镜像的磁盘使用率', 'Disk use at which the clean-up ends'))),
    containerLogMaxBytes: optional(counter(text('单个容器日志文件上限', 'Most bytes of one container log file'), 'bytes')),
    containerLogMaxFiles: optional(counter(text('单个容器日志文件数上限', 'Most log files of a container'))),
    serializeImagePulls: optional(bool(text('是否逐个拉取镜像', 'Whether images are pulled one by one'))),
    eventRecordQps: optional(gauge(text('事件上报速率上限（0 为不限）', 'Events recorded a second; 0 means no limit'), 'per-second')),
    streamingIdleTimeoutSeconds: optional(gauge(text('流式连接空闲超时（0 为不限）', 'Idle time-out of streaming connections; 0 means none'), 'seconds')),
    clusterDnsCount: optional(counter(text('集群 DNS 地址数', 'Addresses of the cluster DNS'))),
    tlsMinVersion: optional(oneOf(text('最低 TLS 版本', 'Lowest TLS version'), TLS_VERSIONS)),
    featureGatesCount: optional(counter(text('设置的特性门控数', 'Feature gates that are set'))),
  },
});
