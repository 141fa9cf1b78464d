/** Kernel parameters. Only listed keys are read; a value with several parts has a key for each part. */
import { bool, map, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Keys of one number, spelled as `sysctl` does. */
export const SIMPLE_SYSCTLS = [
  'fs.aio-max-nr', 'fs.aio-nr', 'fs.file-max', 'fs.nr_open', 'fs.inotify.max_queued_events', 'fs.inotify.max_user_instances', 'fs.inotify.max_user_watches', 'fs.may_detach_mounts',
  'fs.protected_fifos', 'fs.protected_hardlinks', 'fs.protected_regular', 'fs.protected_symlinks', 'fs.suid_dumpable',
  'kernel.core_uses_pid', 'kernel.dmesg_restrict', 'kernel.hung_task_timeout_secs', 'kernel.keys.root_maxbytes', 'kernel.keys.root_maxkeys', 'kernel.kptr_restrict', 'kernel.msgmax', 'kernel.msgmnb',
  'kernel.msgmni', 'kernel.numa_balancing', 'kernel.panic', 'kernel.panic_on_oops', 'kernel.perf_event_paranoid', 'kernel.pid_max', 'kernel.random.entropy_avail', 'kernel.randomize_va_space',
  'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.softlockup_panic', 'kernel.sysrq', 'kernel.threads-max', 'kernel.unprivileged_bpf_disabled', 'kernel.watchdog', 'kernel.yama.ptrace_scope',
  'net.bridge.bridge-nf-call-ip6tables', 'net.bridge.bridge-nf-call-iptables', 'net.core.netdev_max_backlog', 'net.core.rmem_max', 'net.core.somaxconn', 'net.core.wmem_max',
  'net.ipv4.conf.all.accept_redirects', 'net.ipv4.conf.all.accept_source_route', 'net.ipv4.conf.all.rp_filter', 'net.ipv4.conf.all.send_redirects', 'net.ipv4.conf.default.rp_filter',
  'net.ipv4.icmp_echo_ignore_broadcasts', 'net.ipv4.ip_forward', 'net.ipv4.ip_nonlocal_bind', 'net.ipv4.neigh.default.gc_thresh1', 'net.ipv4.neigh.default.gc_thresh2',
  'net.ipv4.neigh.default.gc_thresh3', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_max_orphans',
  'net.ipv4.tcp_max_syn_backlog', 'net.ipv4.tcp_max_tw_buckets', 'net.ipv4.tcp_retries2', 'net.ipv4.tcp_sack', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_timestamps', 'net.ipv4.tcp_tw_recycle',
  'net.ipv4.tcp_tw_reuse', 'net.ipv4.tcp_window_scaling', 'net.ipv6.conf.all.disable_ipv6', 'net.ipv6.conf.all.forwarding', 'net.netfilter.nf_conntrack_buckets', 'net.netfilter.nf_conntrack_max',
  'net.netfilter.nf_conntrack_tcp_timeout_established', 'user.max_user_namespaces', 'vm.dirty_background_ratio', 'vm.dirty_ratio', 'vm.max_map_count', 'vm.min_free_kbytes', 'vm.overcommit_memory',
  'vm.overcommit_ratio', 'vm.panic_on_oom', 'vm.swappiness', 'vm.vfs_cache_pressure', 'vm.zone_reclaim_mode',
] as const;

/** Parts of values with several numbers, in their order. */
export const SYSCTL_PARTS = {
  'kernel.sem': ['kernel.sem.semmsl', 'kernel.sem.semmns', 'kernel.sem.semopm', 'kernel.sem.semmni'],
  'net.ipv4.ip_local_port_range': ['net.ipv4.ip_local_port_range.low', 'net.ipv4.ip_local_port_range.high'],
  'net.ipv4.tcp_rmem': ['net.ipv4.tcp_rmem.min', 'net.ipv4.tcp_rmem.default', 'net.ipv4.tcp_rmem.max'],
  'net.ipv4.tcp_wmem': ['net.ipv4.tcp_wmem.min', 'net.ipv4.tcp_wmem.default', 'net.ipv4.tcp_wmem.max'],
} as const;
/** How many of Kubernetes' default node ports (30000–32767) `net.ipv4.ip_local_reserved_ports` holds back. */
export const RESERVED_NODE_PORTS = 'net.ipv4.ip_local_reserved_ports.node_ports';

export type SysctlKey = (typeof SIMPLE_SYSCTLS)[number] | (typeof SYSCTL_PARTS)[keyof typeof SYSCTL_PARTS][number] | typeof RESERVED_NODE_PORTS;
const KEYS: readonly SysctlKey[] = [...SIMPLE_SYSCTLS, ...Object.values(SYSCTL_PARTS).flat(), RESERVED_NODE_PORTS];

export const sysctls = defineSection({
  id: 'sysctls',
  domain: 'host',
  group: 'configuration',
  purpose: text('内核参数', 'Kernel parameters'),
  fields: {
    hostNetwork: bool(text('net.* 参数取自主机自己的网络命名空间（否则不采集）', 'Parameters below net.* are those of the host; otherwise they are left out')),
    values: map(text('参数值；内核没有的参数不出现', 'Values; a parameter that this kernel does not have is left out'), KEYS, 'value', { min: -1 }),
  },
});
