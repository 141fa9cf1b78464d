import { describe, expect, it } from 'vitest';
import { KERNEL_PATTERNS, ruleOf } from '../../../../agent/gatherers/host/services/kernel-rules.ts';
import { KERNEL_RULES, type KernelRule } from '../../../../agent/wire/sections/host/services-kernel.ts';

/** Lines as kernels of 3.10, 4.19, 5.10 and 6.x print them. */
const LINES: readonly (readonly [KernelRule, string])[] = [
  ['oom-kill', 'Out of memory: Killed process 2154 (java) total-vm:8123456kB, anon-rss:6123456kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:12345kB oom_score_adj:0'],
  ['oom-kill', 'Out of memory: Kill process 2154 (java) score 905 or sacrifice child'],
  ['oom-kill', 'Out of memory (oom_kill_allocating_task): Killed process 12 (sh) total-vm:1kB'],
  ['cgroup-oom', 'Memory cgroup out of memory: Killed process 9182 (nginx) total-vm:123kB, anon-rss:12kB'],
  ['cgroup-oom', 'Memory cgroup out of memory: Kill process 9182 (nginx) score 1974 or sacrifice child'],
  ['page-allocation-failure', 'kworker/u8:3: page allocation failure: order:5, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)'],
  ['slab-allocation-failure', 'SLUB: Unable to allocate memory on node -1 (gfp=0x8020)'],
  ['file-table-full', 'VFS: file-max limit 808132 reached'],
  ['pids-limit', 'cgroup: fork rejected by pids controller in /kubepods/burstable/pod1c9'],
  ['task-hung', 'INFO: task jbd2/sda1-8:347 blocked for more than 120 seconds.'],
  ['task-hung', 'INFO: task kworker/0:1:123 blocked for more than 245 seconds.'],
  ['runtime-hung', 'INFO: task docker:20744 blocked for more than 120 seconds.'],
  ['runtime-hung', 'INFO: task containerd-shim:20744 blocked for more than 120 seconds.'],
  ['soft-lockup', 'watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [kworker/3:1:4711]'],
  ['soft-lockup', 'NMI watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [java:4711]'],
  ['hard-lockup', 'NMI watchdog: Watchdog detected hard LOCKUP on cpu 7'],
  ['hard-lockup', 'watchdog: Watchdog detected hard LOCKUP on cpu 7'],
  ['rcu-stall', 'rcu: INFO: rcu_sched self-detected stall on CPU'],
  ['rcu-stall', 'INFO: rcu_preempt detected stalls on CPUs/tasks:'],
  ['rcu-stall', 'rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 3-... } 21 jiffies s: 1 root: 0x8/.'],
  ['null-dereference', 'BUG: unable to handle kernel NULL pointer dereference at 0000000000000028'],
  ['null-dereference', 'BUG: kernel NULL pointer dereference, address: 0000000000000008'],
  ['null-dereference', 'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010'],
  ['divide-error', 'divide error: 0000 [#1] SMP NOPTI'],
  ['kernel-oops', 'BUG: unable to handle page fault for address: ffffc90000a5c000'],
  ['kernel-oops', 'kernel BUG at fs/ext4/inode.c:2721!'],
  ['kernel-oops', 'Oops: 0002 [#1] SMP PTI'],
  ['kernel-oops', 'Internal error: Oops: 96000004 [#1] SMP'],
  ['kernel-oops', 'general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP NOPTI'],
  ['panic', 'Kernel panic - not syncing: Fatal exception'],
  ['ext4-error', 'EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm ls: reading directory lblock 0'],
  ['ext4-warning', 'EXT4-fs warning (device sdb): ext4_end_bio:347: I/O error 10 writing to inode 12'],
  ['journal-aborted', 'Aborting journal on device dm-0-8.'],
  ['journal-aborted', 'JBD2: Detected IO errors while flushing file data on vdb1-8'],
  ['xfs-shutdown', 'XFS (sdb1): Corruption of in-memory data detected.  Shutting down filesystem'],
  ['xfs-shutdown', 'XFS (dm-2): Log I/O Error Detected.  Shutting down filesystem'],
  ['xfs-shutdown', 'XFS (vdb): Metadata I/O Error (0x4) detected at xfs_trans_read_buf_map+0x1 (fs/xfs/xfs_trans_buf.c:296).  Shutting down filesystem.'],
  ['xfs-corruption', 'XFS (sdb1): Metadata corruption detected at xfs_agf_read_verify+0x78/0x120 [xfs], xfs_agf block 0x4b00001'],
  ['xfs-corruption', 'XFS (sdb1): Internal error XFS_WANT_CORRUPTED_GOTO at line 3505'],
  ['btrfs-error', 'BTRFS error (device sdc1): bdev /dev/sdc1 errs: wr 0, rd 0, flush 0, corrupt 1, gen 0'],
  ['remount-read-only', 'EXT4-fs (sda1): Remounting filesystem read-only'],
  ['remount-read-only', 'BTRFS info (device sdc1): forced readonly'],
  ['io-error', 'Buffer I/O error on dev sdb1, logical block 1234, lost async page write'],
  ['io-error', 'Buffer I/O error on device sdb, logical block 0'],
  ['io-error', 'blk_update_request: I/O error, dev sdb, sector 2048 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 0'],
  ['io-error', 'print_req_error: I/O error, dev nvme0n1, sector 1'],
  ['io-error', 'end_request: I/O error, dev sda, sector 41943040'],
  ['io-error', 'I/O error, dev vda, sector 1 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 2'],
  ['medium-error', 'blk_update_request: critical medium error, dev sda, sector 123456'],
  ['medium-error', 'sd 0:0:0:0: [sda] tag#12 Sense Key : Medium Error [current] '],
  ['nvme-timeout', 'nvme nvme0: I/O 12 QID 3 timeout, aborting'],
  ['nvme-timeout', 'nvme nvme1: controller is down; will reset: CSTS=0x3, PCI_STATUS=0x10'],
  ['scsi-error', 'sd 2:0:0:0: [sdb] tag#5 FAILED Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK'],
  ['scsi-error', 'sd 2:0:0:0: rejecting I/O to offline device'],
  ['ata-error', 'ata3.00: exception Emask 0x10 SAct 0x0 SErr 0x400100 action 0x6 frozen'],
  ['ata-error', 'ata1: COMRESET failed (errno=-16)'],
  ['multipath-failed', 'device-mapper: multipath: 253:2: Failing path 8:16.'],
  ['iscsi-error', ' connection1:0: detected conn error (1020)'],
  ['iscsi-error', ' session1: session recovery timed out after 120 secs'],
  ['nfs-not-responding', 'nfs: server 10.1.2.3 not responding, still trying'],
  ['ceph-unreachable', 'libceph: mon0 (1)10.0.0.5:6789 session lost, hunting for new mon'],
  ['memory-corrected', 'EDAC MC0: 1 CE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x1 offset:0x0 grain:32)'],
  ['memory-uncorrected', 'EDAC MC1: 1 UE memory read error on CPU_SrcID#1_MC#0_Chan#0_DIMM#0'],
  ['memory-uncorrected', 'Memory failure: 0x12f4a1: recovery action for dirty LRU page: Recovered'],
  ['hardware-corrected', '{1}[Hardware Error]: event severity: corrected'],
  ['hardware-corrected', 'mce: [Hardware Error]: Machine check events logged'],
  ['hardware-recoverable', '{2}[Hardware Error]: event severity: recoverable'],
  ['hardware-fatal', '{3}[Hardware Error]: event severity: fatal'],
  ['hardware-fatal', 'mce: [Hardware Error]: CPU 4: Machine Check Exception: 5 Bank 7: be00000000800400'],
  ['pcie-corrected', 'pcieport 0000:00:1c.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)'],
  ['pcie-uncorrected', 'pcieport 0000:3a:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction Layer, (Requester ID)'],
  ['thermal-throttle', 'CPU3: Core temperature above threshold, cpu clock throttled (total events = 12)'],
  ['thermal-throttle', 'mce: CPU3: Package temperature is above threshold, cpu clock is throttled (total events = 1)'],
  ['thermal-critical', 'thermal thermal_zone0: critical temperature reached (105 C), shutting down'],
  ['gpu-hardware-error', 'NVRM: Xid (PCI:0000:3b:00): 79, pid=1234, GPU has fallen off the bus.'],
  ['gpu-hardware-error', "NVRM: Xid (PCI:0000:3b:00): 48, pid='<unknown>', name=<unknown>, DBE (double bit error)"],
  ['gpu-application-error', 'NVRM: Xid (PCI:0000:3b:00): 31, pid=9, Ch 00000010, MMU Fault'],
  ['conntrack-full', 'nf_conntrack: nf_conntrack: table full, dropping packet'],
  ['conntrack-full', 'nf_conntrack: table full, dropping packet'],
  ['neighbour-overflow', 'neighbour: arp_cache: neighbor table overflow!'],
  ['neighbour-overflow', 'Neighbour table overflow.'],
  ['tcp-memory', 'TCP: out of memory -- consider tuning tcp_mem'],
  ['tcp-memory', 'TCP: too many orphaned sockets'],
  ['syn-flood', 'TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies.  Check SNMP counters.'],
  ['syn-flood', 'TCP: request_sock_TCPv6: Possible SYN flooding on port [::]:443. Sending cookies.'],
  ['link-down', 'ixgbe 0000:01:00.0 eth0: NIC Link is Down'],
  ['link-down', 'mlx5_core 0000:5e:00.0 ens1f0np0: Link down'],
  ['link-down', 'r8169 0000:02:00.0 enp2s0: Link is Down'],
  ['transmit-timeout', 'NETDEV WATCHDOG: eth0 (igb): transmit queue 3 timed out'],
  ['unregister-netdevice', 'unregister_netdevice: waiting for lo to become free. Usage count = 1'],
  ['segfault', 'python3[2345]: segfault at 0 ip 00007f1c2 sp 00007ffd error 4 in libc-2.28.so[7f1c+1b9000]'],
  ['segfault', 'traps: node[991] general protection fault ip:55d sp:7ff error:0 in node[55d000+2000]'],
  ['segfault', 'traps: node[991] trap int3 ip:55d sp:7ff error:0 in node[55d000+2000]'],
  ['audit-backlog', 'audit: backlog limit exceeded'],
  ['audit-backlog', 'audit: audit_lost=123 audit_rate_limit=0 audit_backlog_limit=64'],
  ['clock-unstable', "clocksource: timekeeping watchdog on CPU3: Marking clocksource 'tsc' as unstable because the skew is too large:"],
];

const HARMLESS = [
  'EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)',
  'XFS (dm-0): Ending clean mount',
  'Killed process 2154 (java) total-vm:8123456kB, anon-rss:6123456kB', // the second line of one kill, on old kernels
  'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/kubepods,task=java,pid=1,uid=0',
  'Buffer I/O error on dev fd0, logical block 0, async page read',
  'blk_update_request: I/O error, dev fd0, sector 0',
  'blk_update_request: I/O error, dev sr0, sector 0',
  'blk_update_request: critical target error, dev sda, sector 0 op 0x9:(WRITE_ZEROES)',
  'cni0: port 3(veth1a2b3c4d) entered disabled state',
  'veth1a2b3c4d: Link is Down',
  'IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready',
  'ixgbe 0000:01:00.0 eth0: NIC Link is Up 10 Gbps, Flow Control: RX/TX',
  'EDAC MC: Ver: 3.0.0',
  'thermal_sys: Registered thermal governor',
  'nfs: server 10.1.2.3 OK',
  'audit: type=1400 audit(1.2:3): apparmor="DENIED" operation="open"',
  'nf_conntrack version 0.5.0 (65536 buckets, 262144 max)',
  'Kernel command line: BOOT_IMAGE=/vmlinuz panic=10',
  'IN=eth0 OUT= MAC=00 SRC=10.0.0.1 DST=10.0.0.2 LEN=60',
  'perf: interrupt took too long (2516 > 2500), lowering kernel.perf_event_max_sample_rate to 79000',
  '',
];

describe('known kernel lines', () => {
  it.each(LINES)('%s: %s', (rule, line) => {
    expect(ruleOf(line)).toBe(rule);
  });
  it.each(HARMLESS)('leaves %j alone', (line) => {
    expect(ruleOf(line)).toBeUndefined();
  });
  it('have a pattern and an example each', () => {
    expect(KERNEL_PATTERNS.map(([rule]) => rule).sort()).toEqual([...KERNEL_RULES].sort());
    expect(new Set(LINES.map(([rule]) => rule))).toEqual(new Set(KERNEL_RULES));
  });
  it('cannot be written by the name of a process', () => {
    for (const name of ['Oops: 0000 [#1]', 'EXT4-fs error (', 'Kernel panic - ', 'Out of memory: ', 'VFS: file-max l', 'critical medium']) {
      expect(ruleOf(`${name.slice(0, 15)}[123]: segfault at 0 ip 0 sp 0 error 4`)).toBe('segfault');
    }
  });
  it.each([
    'a'.repeat(1_300),
    ' '.repeat(1_300),
    `${'link '.repeat(250)}`,
    `XFS ${'('.repeat(1_300)}`,
    `${'[Hardware Error]: '.repeat(70)}`,
    `sd 1:1:1:1: ${'Device '.repeat(180)}`,
    'PCIe Bus Error: AER: Uncorrected '.repeat(40),
  ])('take little time on hostile lines', (line) => {
    const began = performance.now();
    for (let times = 0; times < 200; times += 1) ruleOf(line);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
