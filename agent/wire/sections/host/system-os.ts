/** What the operating system is and how it was started. */
import { bool, counter, gauge, oneOf, optional, someOf, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const DISTRIBUTIONS = [
  'openeuler', 'euleros', 'kylin', 'uos', 'anolis', 'alinux', 'bclinux', 'tencentos', 'ctyunos', 'kos', 'fusionos', 'linx', 'hce', 'velinux', 'centos', 'centos-stream', 'rhel', 'rocky', 'almalinux',
  'oracle', 'amazon', 'fedora', 'ubuntu', 'debian', 'deepin', 'sles', 'opensuse', 'flatcar', 'bottlerocket', 'talos', 'photon', 'cos', 'azurelinux', 'alpine', 'arch', 'gentoo', 'other',
] as const;
/** What Node's time zone data knows. Links such as `PRC` are told as the zone that they point to. */
export const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), 'other'])] as const;
export const CGROUP_VERSIONS = ['v1', 'v2', 'hybrid'] as const;
export const THP_MODES = ['always', 'madvise', 'never'] as const;
export const THP_DEFRAG_MODES = ['always', 'defer', 'defer+madvise', 'madvise', 'never'] as const;
export const CLOCK_SOURCES = ['tsc', 'kvm-clock', 'hyperv', 'xen', 'arch_sys_counter', 'timebase', 'tod', 'stable_counter', 'loongarch', 'hpet', 'acpi_pm', 'jiffies', 'pit', 'other'] as const;
/** Reasons of `/proc/sys/kernel/tainted`, in the order of its bits (kernel documentation, admin-guide/tainted-kernels). */
export const TAINTS = [
  'proprietary-module', 'forced-module', 'cpu-out-of-spec', 'forced-unload', 'machine-check', 'bad-page', 'user-request', 'oops', 'acpi-override', 'warning', 'staging-driver', 'firmware-workaround',
  'external-module', 'unsigned-module', 'soft-lockup', 'live-patch', 'auxiliary', 'struct-randomised', 'test',
] as const;

export const os = defineSection({
  id: 'os',
  domain: 'host',
  group: 'inventory',
  purpose: text('操作系统发行版、内核与启动状态', 'Distribution, kernel and state since boot'),
  fields: {
    distribution: oneOf(text('发行版', 'Distribution'), DISTRIBUTIONS),
    versionId: optional(version(text('版本号', 'Version'))),
    release: optional(version(text('完整版本（含 SP 或小版本）', 'Full release with service pack or minor version'))),
    kernel: optional(version(text('运行中的内核', 'Running kernel'))),
    newestKernel: optional(version(text('已安装的最新内核（同类型）', 'Newest kernel of the same flavour that is installed'))),
    newerKernelInstalled: optional(bool(text('已安装的内核比运行中的新', 'A newer kernel than the running one is installed'))),
    packagesChangedAt: optional(timestamp(text('软件包数据库最近变更时间', 'Last change of the package database'))),
    rebootRequired: optional(bool(text('系统标记需要重启', 'The system asks for a reboot'))),
    cgroup: optional(oneOf(text('cgroup 版本', 'Version of cgroups'), CGROUP_VERSIONS)),
    transparentHugePages: optional(oneOf(text('透明大页模式', 'Mode of transparent huge pages'), THP_MODES)),
    transparentHugePagesDefrag: optional(oneOf(text('透明大页整理模式', 'Defragmentation for transparent huge pages'), THP_DEFRAG_MODES)),
    bootedAt: optional(timestamp(text('启动时间', 'Time of boot'))),
    uptimeSeconds: optional(counter(text('运行时长', 'Time since boot'), 'seconds')),
    timeZone: optional(oneOf(text('时区', 'Time zone'), TIME_ZONES)),
    hostNameConsistent: optional(bool(text('运行中的主机名与配置文件一致', 'The running host name equals the configured one'))),
    clockSource: optional(oneOf(text('时钟源', 'Clock source'), CLOCK_SOURCES)),
    taints: optional(someOf(text('内核污染原因', 'Why the kernel is tainted'), TAINTS)),
    crashKernelLoaded: optional(bool(text('崩溃转储内核已加载', 'The kernel for crash dumps is loaded'))),
  },
});

export const kernelCommandLine = defineSection({
  id: 'kernelCommandLine',
  domain: 'host',
  group: 'configuration',
  purpose: text('内核启动参数中选定的开关（不含原文）', 'Chosen switches of the kernel command line, never its text'),
  fields: {
    mitigationsOff: bool(text('关闭了处理器漏洞缓解', 'Mitigations of processor vulnerabilities are switched off')),
    addressRandomisationOff: bool(text('关闭了内核地址随机化', 'Address randomisation of the kernel is switched off (nokaslr)')),
    selinuxOff: bool(text('关闭了 SELinux', 'SELinux is switched off')),
    auditOff: bool(text('关闭了内核审计', 'Kernel audit is switched off')),
    crashKernelReserved: bool(text('为崩溃转储预留了内存', 'Memory for crash dumps is reserved')),
    memoryCgroupOff: bool(text('关闭了内存 cgroup', 'The memory cgroup is switched off')),
    cgroupV1Forced: bool(text('强制使用 cgroup v1', 'cgroup v1 is forced')),
    cgroupV2Forced: bool(text('强制使用 cgroup v2', 'cgroup v2 is forced')),
    pressureOff: bool(text('关闭了压力统计（PSI）', 'Pressure statistics are switched off')),
    ipv6Off: bool(text('关闭了 IPv6', 'IPv6 is switched off')),
    numaOff: bool(text('关闭了 NUMA', 'NUMA is switched off')),
    multithreadingOff: bool(text('关闭了超线程', 'Simultaneous multithreading is switched off')),
    watchdogOff: bool(text('关闭了死锁检测', 'Lockup detection is switched off')),
    isolatedProcessors: bool(text('有隔离的处理器', 'Processors are isolated')),
    transparentHugePages: optional(oneOf(text('透明大页模式', 'Mode of transparent huge pages'), THP_MODES)),
    hugePages: optional(counter(text('启动时预留的大页数', 'Huge pages reserved at boot'))),
    panicSeconds: optional(gauge(text('崩溃后多少秒重启', 'Seconds from panic to reboot'), 'seconds', { min: -1, max: 86_400 })),
  },
});

export const VULNERABILITIES = [
  'gather_data_sampling', 'ghostwrite', 'indirect_target_selection', 'itlb_multihit', 'l1tf', 'mds', 'meltdown', 'mmio_stale_data', 'old_microcode', 'reg_file_data_sampling', 'retbleed',
  'spec_rstack_overflow', 'spec_store_bypass', 'spectre_v1', 'spectre_v2', 'srbds', 'tsa', 'tsx_async_abort', 'vmscape',
] as const;

export const cpuVulnerabilities = defineSection({
  id: 'cpuVulnerabilities',
  domain: 'host',
  group: 'security',
  purpose: text('处理器漏洞的缓解状态（内核自述）', 'State of mitigations of processor vulnerabilities, as the kernel tells it'),
  fields: {
    vulnerable: someOf(text('未缓解的漏洞', 'Vulnerabilities without mitigation'), VULNERABILITIES),
    mitigated: someOf(text('已缓解的漏洞', 'Vulnerabilities with a mitigation'), VULNERABILITIES),
    undetermined: someOf(text('内核无法判断的漏洞', 'Vulnerabilities that the kernel cannot judge'), VULNERABILITIES),
  },
});

export const MODULES = [
  'br_netfilter', 'overlay', 'nf_conntrack', 'nf_tables', 'ip_tables', 'ip6_tables', 'iptable_nat', 'iptable_filter', 'xt_conntrack', 'xt_comment', 'xt_mark', 'ip_set', 'ip_vs', 'ip_vs_rr', 'ip_vs_wrr',
  'ip_vs_sh', 'ip_vs_lc', 'vxlan', 'geneve', 'ipip', 'wireguard', 'openvswitch', 'bonding', 'bridge', 'veth', 'macvlan', 'ipvlan', '8021q', 'tls', 'sctp', 'dccp', 'rds', 'tipc', 'xfs', 'ext4', 'btrfs', 'zfs', 'nfs',
  'nfsd', 'cifs', 'ceph', 'rbd', 'nbd', 'drbd', 'fuse', 'squashfs', 'cramfs', 'freevxfs', 'hfs', 'hfsplus', 'jffs2', 'udf', 'iscsi_tcp', 'dm_thin_pool', 'dm_multipath', 'dm_crypt', 'dm_snapshot', 'raid1', 'usb_storage',
  'softdog', 'ipmi_si', 'kvm', 'vhost_net', 'nvidia', 'amdgpu', 'npu',
] as const;

export const modules = defineSection({
  id: 'modules',
  domain: 'host',
  group: 'configuration',
  purpose: text('选定的内核模块', 'Chosen kernel modules'),
  fields: {
    available: someOf(text('已加载或编入内核的模块', 'Modules that are loaded or built in'), MODULES),
    complete: bool(text('未列出的模块可以断定不存在', 'A module that is not listed is certainly not there')),
    loaded: counter(text('已加载模块总数', 'Loaded modules in all')),
  },
});
