/** Sections about the machine's file systems, block devices and software RAID. */
import { bool, counter, gauge, list, name, oneOf, optional, percent, someOf, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Types by the word that mountinfo uses; `nfs` stands for all its versions, `fuse` for every other FUSE type. */
export const FILESYSTEM_TYPES = [
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
  'zfs',
  'f2fs',
  'bcachefs',
  'jfs',
  'reiserfs',
  'vfat',
  'exfat',
  'ntfs',
  'tmpfs',
  'overlay',
  'squashfs',
  'erofs',
  'iso9660',
  'udf',
  'nfs',
  'cifs',
  'ceph',
  'glusterfs',
  'lustre',
  'gpfs',
  'beegfs',
  '9p',
  'virtiofs',
  'ocfs2',
  'gfs2',
  'fuse',
  'other',
] as const;
export type FilesystemType = (typeof FILESYSTEM_TYPES)[number];
/** What a mount is to the host. */
export const MOUNT_ROLES = ['host', 'boot', 'memory', 'image', 'pod-volume'] as const;
export type MountRole = (typeof MOUNT_ROLES)[number];
/** `forced-read-only`: mounted for writing, then turned read-only by the kernel after an error. */
export const MOUNT_ACCESS = ['read-write', 'read-only', 'forced-read-only'] as const;
export const MOUNT_OPTIONS = ['soft', 'barrier-off'] as const;
export type MountOption = (typeof MOUNT_OPTIONS)[number];
/** What of the node's data lies on a file system. */
export const HELD_DATA = ['root', 'kubelet', 'runtime', 'etcd', 'logs'] as const;
export type HeldData = (typeof HELD_DATA)[number];

export const filesystems = defineSection({
  id: 'filesystems',
  domain: 'host',
  group: 'usage',
  purpose: text('主机文件系统的容量、索引节点、只读与无响应状态', "Space, inodes, read-only and hung state of the host's file systems"),
  fields: {
    total: counter(text('不含伪文件系统的文件系统总数', 'File systems, pseudo file systems not counted')),
    dropped: counter(text('因数量上限未列出的文件系统数', 'File systems left out because of the cap')),
    podVolumes: counter(text('挂给 Pod 的存储卷数', 'Volumes mounted for pods')),
    fstabVisible: bool(text('是否能读到 /etc/fstab', 'Whether /etc/fstab could be read')),
    missing: list(text('已在 fstab 中配置但未挂载', 'Configured in fstab but not mounted'), 16, { name: name(text('挂载点', 'Mount point'), 'mount') }),
    mounts: list(text('文件系统', 'File systems'), 200, {
      name: name(text('最短的挂载点', 'Shortest mount point'), 'mount'),
      type: oneOf(text('类型', 'Type'), FILESYSTEM_TYPES),
      role: oneOf(text('用途', 'What it is to the host'), MOUNT_ROLES),
      network: bool(text('是否为网络文件系统', 'Whether it is a network file system')),
      access: oneOf(text('读写状态', 'Access'), MOUNT_ACCESS),
      readOnlyConfigured: optional(bool(text('fstab 是否要求只读', 'Whether fstab asks for read-only'))),
      options: someOf(text('值得注意的挂载选项', 'Mount options worth knowing'), MOUNT_OPTIONS),
      holds: someOf(text('存放的节点数据', 'Node data that lies on it'), HELD_DATA),
      measured: bool(text('是否测得容量', 'Whether its numbers could be read')),
      hung: bool(text('是否在期限内无响应', 'Whether it gave no answer in time')),
      sizeBytes: optional(gauge(text('容量', 'Size'), 'bytes')),
      availableBytes: optional(gauge(text('普通用户可用空间', 'Space available to ordinary users'), 'bytes')),
      availablePercent: optional(percent(text('可用空间占容量的比例', 'Available space of the size'))),
      usedPercent: optional(percent(text('已用比例（与 df 相同）', 'Used share, as df prints it'))),
      inodesUsedPercent: optional(percent(text('索引节点已用比例', 'Used share of the inodes'))),
    }),
  },
});

export const filesystemErrors = defineSection({
  id: 'filesystemErrors',
  domain: 'host',
  group: 'usage',
  purpose: text('文件系统自身记录的错误（ext4 超级块、btrfs 设备统计）', 'Errors that file systems record themselves (ext4 superblock, btrfs device statistics)'),
  fields: {
    dropped: counter(text('未列出的设备数', 'Devices left out')),
    devices: list(text('带错误计数的设备', 'Devices with an error counter'), 64, {
      name: name(text('设备', 'Device'), 'device'),
      type: oneOf(text('类型', 'Type'), ['ext4', 'btrfs']),
      errors: counter(text('记录的错误数', 'Recorded errors')),
      lastErrorAt: optional(timestamp(text('最近一次错误的时间', 'Time of the last error'))),
    }),
  },
});

export const disks = defineSection({
  id: 'disks',
  domain: 'host',
  group: 'usage',
  purpose: text(
    '块设备的繁忙程度、时延、队列、错误与温度（两次采样之间的速率）',
    'How busy block devices are, their latency, queue, errors and temperature (rates between two samples)',
  ),
  fields: {
    total: counter(text('整块磁盘数', 'Whole disks')),
    dropped: counter(text('未列出的磁盘数', 'Disks left out')),
    mapped: counter(text('device-mapper 设备数（LVM、多路径、加密）', 'Device-mapper devices (LVM, multipath, encryption)')),
    sampleSeconds: optional(gauge(text('采样间隔', 'Interval of the samples'), 'seconds', { max: 86_400 })),
    devices: list(text('磁盘', 'Disks'), 64, {
      name: name(text('设备', 'Device'), 'device'),
      type: oneOf(text('类型', 'Type'), ['scsi', 'nvme', 'virtio', 'xen', 'mmc', 'dasd', 'pmem', 'network', 'other']),
      rotational: optional(bool(text('是否为机械盘', 'Whether it rotates'))),
      sizeBytes: optional(gauge(text('容量', 'Size'), 'bytes')),
      readOnly: optional(bool(text('设备是否只读', 'Whether the device is read-only'))),
      offline: optional(bool(text('内核是否已停用该设备', 'Whether the kernel has taken it offline'))),
      utilisationPercent: optional(percent(text('有 I/O 在处理的时间占比', 'Share of time with I/O in progress'))),
      readLatencyMs: optional(gauge(text('平均读时延', 'Average read latency'), 'milliseconds')),
      writeLatencyMs: optional(gauge(text('平均写时延', 'Average write latency'), 'milliseconds')),
      readsPerSecond: optional(gauge(text('每秒读次数', 'Reads per second'), 'per-second')),
      writesPerSecond: optional(gauge(text('每秒写次数', 'Writes per second'), 'per-second')),
      readBytesPerSecond: optional(gauge(text('每秒读字节数', 'Bytes read per second'), 'bytes-per-second')),
      writeBytesPerSecond: optional(gauge(text('每秒写字节数', 'Bytes written per second'), 'bytes-per-second')),
      averageQueue: optional(gauge(text('平均队列长度', 'Average queue length'), 'value')),
      failedCommands: optional(counter(text('启动以来失败的命令数（SCSI）', 'Failed commands since boot (SCSI)'))),
      failedPercent: optional(percent(text('失败命令占全部命令的比例', 'Failed commands of all'))),
      temperatureCelsius: optional(gauge(text('温度', 'Temperature'), 'celsius', { min: -60, max: 250 })),
    }),
  },
});

export const RAID_LEVELS = ['raid0', 'raid1', 'raid4', 'raid5', 'raid6', 'raid10', 'linear', 'other'] as const;
export const RAID_SYNC = ['idle', 'resync', 'recovery', 'reshape', 'check'] as const;

export const raid = defineSection({
  id: 'raid',
  domain: 'host',
  group: 'usage',
  purpose: text('Linux 软件 RAID（md）阵列的状态', 'State of Linux software RAID (md) arrays'),
  fields: {
    dropped: counter(text('未列出的阵列数', 'Arrays left out')),
    arrays: list(text('阵列', 'Arrays'), 64, {
      name: name(text('设备', 'Device'), 'device'),
      level: oneOf(text('级别', 'Level'), RAID_LEVELS),
      active: bool(text('阵列是否已启动', 'Whether the array runs')),
      requiredDisks: optional(counter(text('应有的成员盘数', 'Member disks it should have'))),
      activeDisks: optional(counter(text('正常工作的成员盘数', 'Member disks that work'))),
      failedDisks: counter(text('标记为故障的成员盘数', 'Member disks marked as failed')),
      spareDisks: counter(text('热备盘数', 'Spare disks')),
      sync: oneOf(text('同步动作', 'Synchronisation'), RAID_SYNC),
      syncPercent: optional(percent(text('同步进度', 'Progress of the synchronisation'))),
    }),
  },
});

export const HOST_STORAGE_SECTIONS = { filesystems, filesystemErrors, disks, raid } as const;
