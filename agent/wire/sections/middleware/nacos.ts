/** Nacos: what its HTTP API, its metrics and its properties file are reduced to. */
import { bool, counter, gauge, list, oneOf, optional, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, flag, number, word } from './settings.ts';

/** Names as `application.properties` spells them; read on the host only. None of them is a secret. */
export const NACOS_SETTINGS = defineSettings({
  'nacos.core.auth.enabled': flag(),
  'nacos.core.auth.admin.enabled': flag(),
  'nacos.core.auth.console.enabled': flag(),
  'nacos.core.auth.system.type': word('nacos', 'ldap', 'oidc'),
  'nacos.core.auth.caching.enabled': flag(),
  'nacos.core.auth.enable.userAgentAuthWhite': flag(),
  'nacos.core.auth.default.token.expire.seconds': number(),
  'nacos.core.auth.plugin.nacos.token.expire.seconds': number(),
  'nacos.config.push.maxRetryTime': number(),
  'nacos.istio.mcp.server.enabled': flag(),
  'nacos.naming.empty-service.auto-clean': flag(),
  'spring.datasource.platform': word('mysql', 'derby', 'postgresql', 'oracle'),
  'spring.sql.init.platform': word('mysql', 'derby', 'postgresql', 'oracle'),
  'db.num': number(),
  'db.pool.config.maximumPoolSize': number(),
  'db.pool.config.connectionTimeout': number(),
  'server.tomcat.accesslog.enabled': flag(),
  'server.port': number(),
});

/** What may be refused to the account. */
export const NACOS_GRANTS = ['cluster nodes'] as const;
export const NACOS_DATABASES = ['derby', 'mysql', 'postgresql', 'other'] as const;

export const middlewareNacos = defineSection({
  id: 'middlewareNacos',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'Nacos 集群与成员：成员状态、Raft 主节点、推送、数据库与安全设置（不含命名空间、服务、配置名称与内容）',
    'Nacos clusters and members: states, Raft leaders, pushes, database and security, never names of namespaces, services or configurations, never their contents',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      denied: someOf(text('缺少的权限', 'Rights that are missing'), NACOS_GRANTS),
      nodes: optional(counter(text('集群成员数', 'Members of the cluster'))),
      nodesUp: optional(counter(text('状态为 UP 的成员数', 'Members that are UP'))),
      raftGroups: optional(counter(text('Raft 组数', 'Raft groups'))),
      raftLeaderless: optional(counter(text('没有主节点的 Raft 组数', 'Raft groups without a leader'))),
      versions: optional(counter(text('集群中的版本数', 'Versions in the cluster'))),
      authEnabled: optional(bool(text('启用了鉴权', 'Signing in is required'))),
      defaultPassword: optional(bool(text('nacos 默认口令可登录（仅在声明允许时尝试）', 'nacos signs in with its default password (tried only when declared)'))),
      database: optional(oneOf(text('配置存储', 'Where configurations are kept'), NACOS_DATABASES)),
    }),
    members: list(text('成员', 'Members'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      ready: optional(bool(text('就绪', 'It is ready'))),
      metrics: optional(bool(text('指标端点可用', 'Its metrics can be read'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      services: optional(counter(text('服务数', 'Services'))),
      instances: optional(counter(text('实例数', 'Instances of services'))),
      configurations: optional(counter(text('配置数', 'Configurations'))),
      longPolling: optional(counter(text('长轮询客户端数', 'Clients that poll'))),
      pushes: optional(counter(text('启动以来的推送次数', 'Pushes since it started'))),
      failedPushes: optional(counter(text('启动以来失败的推送次数', 'Pushes that failed since it started'))),
      databaseErrors: optional(counter(text('启动以来的数据库异常次数', 'Errors of the database since it started'))),
      recentSeconds: optional(counter(text('距上次巡检的时间', 'Since the inspection before'), 'seconds')),
      recentFailedPushes: optional(counter(text('上次巡检以来失败的推送次数', 'Pushes that failed since the inspection before'))),
      recentDatabaseErrors: optional(counter(text('上次巡检以来的数据库异常次数', 'Errors of the database since the inspection before'))),
      pushMs: optional(gauge(text('平均推送耗时', 'Average duration of a push'), 'milliseconds')),
      heapPercent: optional(gauge(text('堆内存使用率', 'Heap in use'), 'percent')),
      descriptorsPercent: optional(gauge(text('文件描述符使用率', 'File descriptors in use'), 'percent')),
      defaultSecretKey: optional(bool(text('令牌密钥为公开的默认值（仅主机上读取）', 'The key of its tokens is the published default (read on the host only)'))),
      defaultIdentity: optional(
        bool(text('服务端身份标识缺失或为公开的默认值（仅主机上读取）', 'The identity between servers is missing or the published default (read on the host only)')),
      ),
      userAgentTrusted: optional(bool(text('按 User-Agent 放行（仅主机上读取）', 'Requests are let in by their User-Agent (read on the host only)'))),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
    }),
  },
});
