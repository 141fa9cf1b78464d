/** Kafka: what its metadata, configuration, log directories and group offsets are reduced to. */
import { bool, counter, gauge, list, optional, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, flag, number, versionSetting, word } from './settings.ts';

/** Names as `kafka-configs.sh --describe --all` spells them. */
export const KAFKA_SETTINGS = defineSettings({
  'auto.create.topics.enable': flag(),
  'auto.leader.rebalance.enable': flag(),
  'compression.type': word('producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'),
  'controlled.shutdown.enable': flag(),
  'default.replication.factor': number(),
  'delete.topic.enable': flag(),
  'group.initial.rebalance.delay.ms': number('milliseconds'),
  'inter.broker.protocol.version': versionSetting(),
  'log.message.format.version': versionSetting(),
  'log.retention.bytes': number('bytes'),
  'log.retention.hours': number(),
  'log.retention.ms': number('milliseconds'),
  'log.segment.bytes': number('bytes'),
  'message.max.bytes': number('bytes'),
  'min.insync.replicas': number(),
  'num.io.threads': number(),
  'num.network.threads': number(),
  'num.partitions': number(),
  'num.recovery.threads.per.data.dir': number(),
  'num.replica.fetchers': number(),
  'offsets.retention.minutes': number(),
  'offsets.topic.replication.factor': number(),
  'queued.max.requests': number(),
  'replica.lag.time.max.ms': number('milliseconds'),
  'socket.request.max.bytes': number('bytes'),
  'transaction.state.log.min.isr': number(),
  'transaction.state.log.replication.factor': number(),
  'unclean.leader.election.enable': flag(),
  'zookeeper.session.timeout.ms': number('milliseconds'),
});

/** What may be refused to the account: operation and resource of an ACL. */
export const KAFKA_GRANTS = ['Describe Cluster', 'DescribeConfigs Cluster', 'Describe Topic', 'DescribeConfigs Topic', 'Describe Group'] as const;

export const middlewareKafka = defineSection({
  id: 'middlewareKafka',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'Kafka 集群与 broker：控制器、分区与副本、消费积压、磁盘与安全设置的计数（不含主题、消费组名称与消息）',
    'Kafka clusters and brokers: controller, partitions and replicas, consumer lag, disks and security as counts, never names of topics or groups, never messages',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      denied: someOf(text('缺少的权限（ACL）', 'Rights that are missing, as ACLs'), KAFKA_GRANTS),
      brokers: optional(counter(text('已注册的 broker 数', 'Brokers that are registered'))),
      brokersAsked: optional(counter(text('本次访问到的 broker 数', 'Brokers that were asked'))),
      brokersAbsent: optional(counter(text('仍分配有副本但未注册的 broker 数', 'Brokers that replicas are assigned to, but which are not registered'))),
      controllers: optional(counter(text('各 broker 看到的活动控制器数', 'Active controllers that the brokers see'))),
      quorumVoters: optional(counter(text('控制器仲裁的投票成员数（KRaft）', 'Voters of the controller quorum (KRaft)'))),
      quorumBehind: optional(counter(text('落后的投票成员数（KRaft）', 'Voters that fell behind (KRaft)'))),
      topics: optional(counter(text('主题数', 'Topics'))),
      topicsConfigured: optional(counter(text('已读取配置的主题数', 'Topics whose configuration was read'))),
      partitions: optional(counter(text('分区数', 'Partitions'))),
      offlinePartitions: optional(counter(text('没有 leader 的分区数', 'Partitions without a leader'))),
      underReplicated: optional(counter(text('副本不同步的分区数', 'Partitions with replicas out of sync'))),
      underMinIsr: optional(counter(text('同步副本少于 min.insync.replicas 的分区数', 'Partitions with fewer replicas in sync than min.insync.replicas'))),
      notPreferred: optional(counter(text('leader 不是首选副本的分区数', 'Partitions whose leader is not the preferred one'))),
      leaderSkewPercent: optional(gauge(text('leader 最多的 broker 高出平均的比例', 'How far the broker with most leaders is above the average'), 'percent')),
      singleReplicaTopics: optional(counter(text('只有一个副本的主题数', 'Topics of one replica'))),
      weakMinIsrTopics: optional(counter(text('min.insync.replicas 小于 2 的多副本主题数', 'Replicated topics whose min.insync.replicas is below 2'))),
      uncleanTopics: optional(counter(text('允许不洁选举的主题数', 'Topics that allow unclean elections'))),
      unlimitedTopics: optional(counter(text('不限保留时间与大小的主题数', 'Topics that are kept without a limit of time or size'))),
      internalReplicas: optional(counter(text('内部主题的副本数（最少者）', 'Replicas of the internal topics, at the least'))),
      groups: optional(counter(text('消费组数', 'Consumer groups'))),
      groupsMeasured: optional(counter(text('积压完整可算的消费组数', 'Consumer groups whose lag is known in full'))),
      worstLag: optional(counter(text('单个消费组的积压（最大）', 'Lag of one group, at the most'))),
      idleLaggingGroups: optional(counter(text('有积压但没有成员的消费组数', 'Groups with a lag and no member'))),
      authorizer: optional(bool(text('启用了授权器', 'An authorizer is set'))),
      autoCreatesTopics: optional(bool(text('自动创建主题', 'Topics are created on first use'))),
      defaultReplicas: optional(counter(text('新主题的默认副本数（最少者）', 'Replicas of a new topic by default, at the least'))),
      plainListener: optional(bool(text('存在不认证不加密的监听', 'A listener takes clients without signing in or encryption'))),
    }),
    members: list(text('broker 节点', 'Brokers'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      brokerId: optional(counter(text('broker 编号', 'Id of the broker'))),
      leaders: optional(counter(text('担任 leader 的分区数', 'Partitions that it leads'))),
      replicas: optional(counter(text('副本数', 'Replicas'))),
      logDirs: optional(counter(text('日志目录数', 'Log directories'))),
      logDirsOffline: optional(counter(text('离线的日志目录数', 'Log directories that are offline'))),
      logDirUsedPercent: optional(gauge(text('日志目录所在磁盘的使用率（最高）', 'Use of the disk of a log directory, at the most'), 'percent')),
      logBytes: optional(gauge(text('日志大小', 'Size of the logs'), 'bytes')),
      saslRequired: optional(bool(text('要求 SASL 认证', 'Signing in by SASL is required'))),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
    }),
  },
});
