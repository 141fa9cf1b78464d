/** etcd that serves applications (not the one of a Kubernetes control plane): what its metrics and gateway are reduced to. */
import { bool, counter, gauge, list, optional, text, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, number } from './settings.ts';

export const ETCD_SERVER_SETTINGS = defineSettings({ quota_backend_bytes: number('bytes') });

export const middlewareEtcdServer = defineSection({
  id: 'middlewareEtcdServer',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'etcd 实例与成员：主节点、存储、磁盘时延、告警与访问控制（不读取任何键）',
    'etcd instances and members: leader, storage, latency of disks, alarms and access, never keys',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      votingMembers: optional(counter(text('集群成员数（不含 learner）', 'Members of the cluster, without learners'))),
      leaders: optional(counter(text('自认为主节点的成员数', 'Members that hold themselves for the leader'))),
    }),
    members: list(text('成员', 'Members'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      version: optional(version(text('版本', 'Version'))),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
      healthy: optional(bool(text('/health 为 true', '/health says true'))),
      hasLeader: optional(bool(text('有主节点', 'It has a leader'))),
      leaderChanges: optional(counter(text('启动以来的主节点变更次数', 'Changes of leader since it started'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      failedProposals: optional(counter(text('启动以来失败的提案数', 'Proposals that failed since it started'))),
      pendingProposals: optional(counter(text('等待提交的提案数', 'Proposals that are pending'))),
      databaseBytes: optional(gauge(text('数据库文件大小', 'Size of the database'), 'bytes')),
      databaseInUseBytes: optional(gauge(text('数据库实际使用', 'Size in use'), 'bytes')),
      quotaBytes: optional(gauge(text('存储配额', 'Quota of storage'), 'bytes')),
      syncMs: optional(gauge(text('WAL fsync 的 p99（启动以来）', 'p99 of WAL fsync since it started'), 'milliseconds')),
      commitMs: optional(gauge(text('后端提交的 p99（启动以来）', 'p99 of backend commits since it started'), 'milliseconds')),
      alarms: optional(counter(text('激活的告警数', 'Alarms that are raised'))),
      anonymous: optional(bool(text('客户端接口无需身份即可使用', 'The client interface serves anybody'))),
    }),
  },
});
