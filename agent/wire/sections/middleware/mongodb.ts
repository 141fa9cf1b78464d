/** MongoDB: what a fixed list of read-only commands is reduced to. */
import { bool, counter, gauge, list, oneOf, optional, someOf, text, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, flag, number, versionSetting, word } from './settings.ts';

/** Options of `getCmdLineOpts` by their path, and parameters of `getParameter`. */
export const MONGODB_SETTINGS = defineSettings({
  'net.maxIncomingConnections': number(),
  'net.tls.mode': word('disabled', 'allowTLS', 'preferTLS', 'requireTLS', 'allowSSL', 'preferSSL', 'requireSSL'),
  'operationProfiling.mode': word('off', 'slowOp', 'all'),
  'operationProfiling.slowOpThresholdMs': number(),
  'replication.oplogSizeMB': number(),
  'security.authorization': flag(),
  'security.javascriptEnabled': flag(),
  'storage.directoryPerDB': flag(),
  'storage.engine': word('wiredTiger', 'inMemory', 'mmapv1'),
  'storage.journal.enabled': flag(),
  'storage.wiredTiger.engineConfig.cacheSizeGB': number(),
  featureCompatibilityVersion: versionSetting(),
  cursorTimeoutMillis: number(),
  transactionLifetimeLimitSeconds: number(),
  ttlMonitorEnabled: flag(),
  enableLocalhostAuthBypass: flag(),
  tlsWithholdClientCertificate: flag(),
});
/** What may be missing, as actions of a role; `clusterMonitor` has them all. */
export const MONGODB_GRANTS = ['serverStatus', 'replSetGetStatus', 'getCmdLineOpts', 'getParameter', 'listShards', 'balancerStatus'] as const;
export const MONGODB_STATES = ['startup', 'primary', 'secondary', 'recovering', 'startup2', 'unknown', 'arbiter', 'down', 'rollback', 'removed'] as const;

export const middlewareMongodb = defineSection({
  id: 'middlewareMongodb',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'MongoDB 实例与成员：角色、复制延迟、oplog 窗口、连接、缓存、队列、分片计数（不含库名、集合名、查询与文档）',
    'MongoDB instances and members: roles, lag, window of the oplog, connections, cache, queues, counts of shards, never names of databases or collections, queries or documents',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      sets: optional(counter(text('副本集数', 'Replica sets'))),
      setsWithoutPrimary: optional(counter(text('没有主节点的副本集数', 'Replica sets without a primary'))),
      setMembers: optional(counter(text('副本集成员数（最少的副本集）', 'Members of the smallest replica set'))),
      dataMembers: optional(counter(text('其中存数据的成员数', 'Those of them that hold data'))),
      arbiters: optional(counter(text('仲裁节点数（最多的副本集）', 'Arbiters of the set that has most'))),
      votingMembers: optional(counter(text('投票成员数（副本集之一为偶数时取该值）', 'Members that vote; of a set with an even number, if there is one'))),
      unhealthyMembers: optional(counter(text('不健康的成员数', 'Members that are not healthy'))),
      laggingSeconds: optional(gauge(text('最大复制延迟', 'Largest lag of a secondary'), 'seconds')),
      shards: optional(counter(text('分片数', 'Shards'))),
      drainingShards: optional(counter(text('正在移除的分片数', 'Shards that are being removed'))),
      balancer: optional(oneOf(text('均衡器', 'Balancer'), ['full', 'off', 'other'])),
    }),
    members: list(text('成员', 'Members'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      denied: someOf(text('缺少的权限（动作）', 'Actions that are missing'), MONGODB_GRANTS),
      version: optional(version(text('版本', 'Version'))),
      state: optional(oneOf(text('副本集状态', 'State in its replica set'), MONGODB_STATES)),
      router: optional(bool(text('mongos 路由', 'It is a router (mongos)'))),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
      anonymous: optional(bool(text('无需身份即可读取', 'It answers anybody'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      connectionsPercent: optional(gauge(text('连接使用率', 'Connections in use'), 'percent')),
      openCursors: optional(counter(text('打开的游标数', 'Cursors that are open'))),
      timedOutCursors: optional(counter(text('启动以来超时的游标数', 'Cursors that timed out since it started'))),
      queuedOperations: optional(counter(text('排队的操作数', 'Operations that wait'))),
      freeReadTickets: optional(counter(text('剩余读票据', 'Tickets left for reads'))),
      freeWriteTickets: optional(counter(text('剩余写票据', 'Tickets left for writes'))),
      dynamicTickets: optional(bool(text('票据数由服务器自行调整', 'The server adjusts the number of tickets itself'))),
      cachePercent: optional(gauge(text('WiredTiger 缓存使用率', 'WiredTiger cache in use'), 'percent')),
      cacheDirtyPercent: optional(gauge(text('WiredTiger 脏页比例', 'Dirty part of the WiredTiger cache'), 'percent')),
      cacheMostBytes: optional(gauge(text('WiredTiger 缓存上限', 'Most that the WiredTiger cache may take'), 'bytes')),
      memoryBytes: optional(gauge(text('内存上限（主机或 cgroup）', 'Memory of the host or its cgroup'), 'bytes')),
      oplogSeconds: optional(gauge(text('oplog 时间窗口', 'Window of the oplog'), 'seconds')),
      asserts: optional(counter(text('启动以来的断言数（不含用户错误）', 'Assertions since it started, those of users left out'))),
      majorityWrites: optional(bool(text('默认写关注为 majority', 'Writes are acknowledged by a majority by default'))),
      compatibilityBehind: optional(bool(text('featureCompatibilityVersion 低于程序版本', 'featureCompatibilityVersion is behind the release'))),
      authorization: optional(bool(text('已启用访问控制', 'Access control is on'))),
      journal: optional(bool(text('已启用 journal', 'The journal is on'))),
      bindsAll: optional(bool(text('监听所有地址', 'It listens on all addresses'))),
    }),
  },
});
