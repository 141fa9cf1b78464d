/** TongHttpServer: what its monitoring interface and its configuration are reduced to. */
import { bool, counter, list, name, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MOST_INSTANCES, MOST_PARTS } from './instance-fields.ts';
import { PROCESS_FIELDS } from './jvm-fields.ts';

export const middlewareThs = defineSection({
  id: 'middlewareThs',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'TongHttpServer 实例：授权、连接、站点应答与上游状态（不含地址与域名）',
    'TongHttpServer instances: licence, connections, answers and upstreams, no addresses or host names',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      ...PROCESS_FIELDS,
      licenseEndsAt: optional(timestamp(text('授权到期', 'When the licence ends'))),
      licenseNever: optional(bool(text('授权永久有效', 'The licence never ends'))),
      connectionsDropped: optional(counter(text('启动以来丢弃的连接', 'Connections dropped since it started'))),
      connectionsActive: optional(counter(text('活动连接', 'Connections'))),
      requests: optional(counter(text('启动以来的请求数', 'Requests since it started'))),
      serverErrors: optional(counter(text('启动以来的 5xx 应答', 'Answers 5xx since it started'))),
      workerConnections: optional(counter(text('每进程最大连接数', 'Connections of one worker'))),
      serverTokens: optional(bool(text('应答中显示版本', 'Its answers tell its version'))),
      oldTls: optional(bool(text('允许 TLS 1.1 及以下', 'TLS 1.1 or older is allowed'))),
      vips: optional(counter(text('配置的虚拟地址数', 'Virtual addresses that are configured'))),
      vipsHeld: optional(counter(text('本机持有的虚拟地址数', 'Of them, how many this host holds'))),
      vipPeers: optional(counter(text('可判断的高可用对端数', 'Peers that could be judged'))),
      vipPeersHolding: optional(counter(text('同时持有虚拟地址的对端数', 'Peers that hold such an address at the same time'))),
      apiRestricted: optional(bool(text('监控接口限制了来源', 'The monitoring interface is limited to some addresses'))),
    }),
    upstreams: list(text('上游', 'Upstreams'), MOST_PARTS, {
      instance: name(text('实例', 'Instance'), 'instance'),
      upstream: name(text('上游', 'Upstream'), 'service'),
      peers: counter(text('后端数', 'Peers')),
      peersDown: counter(text('异常的后端数', 'Peers that are not up')),
    }),
  },
});
