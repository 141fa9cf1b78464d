/**
 * Known kernel log lines. The table begins with node-problem-detector's set (config/kernel-monitor.json, readonly-monitor.json,
 * abrt-adaptor.json) and goes on with the messages of the kernel source itself. Patterns are bounded and, where they can be,
 * anchored; the few that begin with the name of a process stand first, so that a process cannot be named like a message.
 */
import type { KernelRule } from '../../../wire/sections/host/services-kernel.ts';

/** First match wins, so the special stands before the general. */
export const KERNEL_PATTERNS: readonly (readonly [KernelRule, RegExp])[] = [
  // Begins with the name of a process, which may spell the beginning of any other message: so it is asked first.
  ['segfault', /^(?:traps: )?.{1,32}\[\d{1,10}\]:? (?:segfault at |general protection |trap )/],
  // Old kernels say "Kill process" and then "Killed process" for one kill; newer ones only the second, with the same beginning.
  ['cgroup-oom', /^Memory cgroup out of memory: Kill(?:ed)? process \d/],
  ['oom-kill', /^Out of memory(?: \(oom_kill_allocating_task\))?: Kill(?:ed)? process \d/],
  ['page-allocation-failure', /^.{1,40}: page allocation (?:failure|stalls)/],
  ['slab-allocation-failure', /^SLUB: Unable to allocate memory on node/],
  ['file-table-full', /^VFS: file-max limit \d{1,20} reached/],
  ['pids-limit', /^cgroup: fork rejected by pids controller/],
  ['runtime-hung', /^INFO: task (?:docker|containerd|runc|crio|isulad)[\w:.-]{0,24}:\d{1,10} blocked for more than \d/],
  ['task-hung', /^INFO: task .{1,64}:\d{1,10} blocked for more than \d/],
  ['soft-lockup', /^(?:NMI )?(?:watchdog: )?BUG: soft lockup - CPU#\d/],
  ['hard-lockup', /^(?:NMI )?(?:watchdog: )?Watchdog detected hard LOCKUP on cpu/],
  ['rcu-stall', /^(?:rcu: )?INFO: rcu_\w{1,24} (?:self-detected stall|detected (?:expedited )?stalls?)/],
  ['null-dereference', /^BUG: kernel NULL pointer dereference|^BUG: unable to handle kernel NULL pointer dereference|^Unable to handle kernel NULL pointer dereference/],
  ['divide-error', /^divide error: [0-9a-f]{4} \[#\d/],
  [
    'kernel-oops',
    /^BUG: unable to handle |^Unable to handle kernel |^kernel BUG at |^Oops(?: - \w{1,20})?: |^Internal error: |^general protection fault.{0,120}: [0-9a-f]{4} \[#\d|^(?:invalid opcode|stack segment|double fault): [0-9a-f]{4} \[#\d/,
  ],
  ['panic', /^Kernel panic - not syncing/],
  ['remount-read-only', /Remounting filesystem read-only|^BTRFS .{0,120}forced readonly/],
  ['ext4-error', /^EXT4-fs error[: ]/],
  ['ext4-warning', /^EXT4-fs warning[: ]/],
  ['journal-aborted', /^(?:JBD2?: )?(?:Detected IO errors while flushing file data|Aborting journal on device)|^EXT4-fs .{1,80}: Detected aborted journal/],
  ['xfs-shutdown', /^XFS .{1,300}[Ss]hutting down filesystem|^XFS .{1,80}: Filesystem has been shut down/],
  [
    'xfs-corruption',
    /^XFS \([^)]{1,80}\): (?:Metadata corruption detected|Metadata CRC error|Internal error |Corruption detected|Corruption of in-memory data|metadata I\/O error)/,
  ],
  ['btrfs-error', /^BTRFS (?:error|critical)/],
  ['medium-error', /critical medium error, dev |Sense Key : Medium Error|Add\. Sense: Unrecovered read error/],
  // Floppies and CD drives that are not there say so for ever; "critical target error" only means an unsupported command.
  ['io-error', /^Buffer I\/O error on dev(?:ice)? (?!fd\d|sr\d)|^(?:blk_update_request: |print_req_error: |end_request: )?I\/O error, dev (?!fd\d|sr\d)/],
  ['nvme-timeout', /^nvme nvme\d{1,4}: (?:I\/O .{1,100}timeout|.{0,60}controller is down; will reset|Device not ready; aborting|Removing after probe failure)/],
  ['multipath-failed', /^device-mapper: multipath: .{0,40}Failing path /],
  ['iscsi-error', /^\s?(?:connection\d{1,10}:\d{1,10}: detected conn error|session\d{1,10}: session recovery timed out)/],
  [
    'scsi-error',
    /^(?:sd|scsi) \d{1,10}:\d{1,10}:\d{1,10}:\d{1,10}: .{0,60}(?:Unhandled error code|FAILED Result|rejecting I\/O to offline device|[Dd]evice offlined|timing out command)/,
  ],
  ['ata-error', /^ata\d{1,4}(?:\.\d{1,3})?: (?:exception Emask|COMRESET failed|failed to IDENTIFY)/],
  ['nfs-not-responding', /^nfs4?: server .{1,255} not responding/],
  ['ceph-unreachable', /^libceph: mon\d{1,4} .{0,120}(?:session lost|connect error)/],
  ['hardware-fatal', /\[Hardware Error\]: event severity: fatal|\[Hardware Error\]: CPU \d{1,5}: Machine Check Exception|^mce: \[Hardware Error\]: .{0,40}Fatal/],
  ['hardware-recoverable', /\[Hardware Error\]: event severity: recoverable/],
  ['hardware-corrected', /\[Hardware Error\]: event severity: corrected|\[Hardware Error\]: Machine check events logged/],
  ['memory-uncorrected', /^EDAC .{1,60}: \d{1,9} UE |^Memory failure: 0x[0-9a-f]{1,16}: |^EDAC .{1,60}\bUE memory /],
  ['memory-corrected', /^EDAC .{1,60}: \d{1,9} CE |CE memory read error/],
  ['pcie-uncorrected', /PCIe Bus Error: severity=Uncorrected|AER: (?:Multiple )?Uncorrected .{0,20}error/],
  ['pcie-corrected', /PCIe Bus Error: severity=Corrected/],
  ['thermal-critical', /critical temperature reached|^thermal thermal_zone\d{1,4}: .{0,80}critical temperature/],
  ['thermal-throttle', /temperature (?:is )?above threshold, cpu clock (?:is )?throttled/],
  // NVIDIA's XID numbers: the driver's guide calls these hardware, memory or bus faults; the rest mostly come from programs.
  ['gpu-hardware-error', /^NVRM: Xid \([^)]{1,80}\): (?:4[89]|[5-9]\d|1\d\d), /],
  ['gpu-application-error', /^NVRM: Xid \([^)]{1,80}\): \d{1,3}, /],
  ['conntrack-full', /^(?:nf|ip)_conntrack: (?:(?:nf|ip)_conntrack: )?table full, dropping packet/],
  ['neighbour-overflow', /^.{0,60}neighbou?r table overflow/i],
  ['tcp-memory', /^TCP: (?:out of memory -- consider tuning tcp_mem|too many (?:of )?orphaned sockets)/],
  ['syn-flood', /^(?:TCP: )?.{0,40}Possible SYN flooding on port /],
  ['unregister-netdevice', /^unregister_netdevice: waiting for .{1,40} to become free/],
  ['transmit-timeout', /^NETDEV WATCHDOG: .{1,120}transmit queue \d{1,5} timed out/],
  // Virtual ends of containers go down with every pod.
  ['link-down', /^(?!.{0,60}\b(?:veth|cali|lxc|docker|cni|br-|flannel|tunl|kube-)).{1,120}\b(?:NIC )?Link (?:is )?down\b/i],
  ['audit-backlog', /^audit: (?:backlog limit exceeded|kauditd hold queue overflow|audit_lost=\d)/],
  ['clock-unstable', /^(?:clocksource: )?(?:timekeeping watchdog|Clocksource tsc unstable|Marking clocksource .{1,40} as unstable)/],
];

/** @param message a kernel line without time stamp, already cut to a bounded length */
export function ruleOf(message: string): KernelRule | undefined {
  return KERNEL_PATTERNS.find(([, pattern]) => pattern.test(message))?.[0];
}
