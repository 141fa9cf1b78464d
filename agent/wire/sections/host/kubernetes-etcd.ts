/** etcd as its node's files show it: flags, data folder, backups. */
import { bool, counter, gauge, oneOf, optional, percent, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const etcdFlags = defineSection({
  id: 'etcdFlags',
  domain: 'host',
  group: 'configuration',
  purpose: text('etcd 的部分启动参数', 'Chosen flags of etcd'),
  fields: {
    source: oneOf(text('启动参数的来源：静态 Pod、进程或配置文件', 'Where the flags were read: static pod, process or file'), ['manifest', 'process', 'file']),
    clientCertAuth: bool(text('是否要求客户端证书', 'Whether clients must show a certificate')),
    peerClientCertAuth: bool(text('是否要求成员证书', 'Whether peers must show a certificate')),
    autoTls: bool(text('是否使用自动生成的客户端证书', 'Whether client TLS uses certificates made at start')),
    peerAutoTls: bool(text('是否使用自动生成的成员证书', 'Whether peer TLS uses certificates made at start')),
    plainClientUrl: bool(text('是否在非本机地址上以明文提供服务', 'Whether clients are served without TLS beyond loopback')),
    plainPeerUrl: bool(text('成员之间是否明文通信', 'Whether peers talk without TLS beyond loopback')),
    quotaSet: bool(text('是否明确设置了存储配额', 'Whether the quota is set')),
    quotaBytes: counter(text('存储配额（未设置时为 2 GiB）', 'Quota of the database; 2 GiB when not set'), 'bytes'),
    autoCompactionSet: bool(text('是否启用自动压缩', 'Whether it compacts by itself')),
    snapshotCount: optional(counter(text('触发快照的事务数', 'Transactions after which a snapshot is written'))),
    heartbeatMs: gauge(text('心跳间隔', 'Heartbeat interval'), 'milliseconds'),
    electionMs: gauge(text('选举超时', 'Election time-out'), 'milliseconds'),
    corruptCheck: bool(text('启动时是否检查数据一致性', 'Whether it checks for corruption when it starts')),
    initialMemberCount: optional(
      counter(text('初始成员数（静态 Pod 中的列表停留在加入时，不报告）', 'Members of the initial cluster; not told for static pods, whose list is that of the day it joined')),
    ),
  },
});

export const etcdHost = defineSection({
  id: 'etcdHost',
  domain: 'host',
  group: 'usage',
  purpose: text('etcd 的数据目录、磁盘与备份', 'Data folder, disk and backups of etcd'),
  fields: {
    dbBytes: optional(counter(text('数据库文件大小', 'Size of the database file'), 'bytes')),
    quotaPercent: optional(percent(text('数据库文件占配额的比例', 'Database file as a share of the quota'), 1_000)),
    walBytes: optional(counter(text('预写日志大小', 'Size of the write-ahead log'), 'bytes')),
    backupFound: optional(
      bool(text('在常用目录中是否找到备份；有目录无权读取而未找到时不报告', 'Whether a backup was found in the usual folders; not told when none was and one may not be read')),
    ),
    newestBackupAt: optional(timestamp(text('最新备份的时间', 'Time of the newest backup'))),
    newestBackupBytes: optional(counter(text('最新备份的大小', 'Size of the newest backup'), 'bytes')),
    backupCount: counter(text('找到的备份文件数', 'Backup files found')),
    ownDevice: optional(bool(text('数据目录是否在独立的文件系统上', 'Whether the data folder has a file system apart from the root'))),
    rotational: optional(bool(text('所在磁盘是否为机械盘（虚拟磁盘不报告）', 'Whether its disk rotates; not told for virtual disks'))),
    dataDirOpen: optional(bool(text('其他用户是否可访问数据目录', 'Whether other users may enter the data folder'))),
  },
});
