/** TongRDS: what its INFO is reduced to. */
import { bool, counter, gauge, list, optional, percent, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';

export const middlewareTongrds = defineSection({
  id: 'middlewareTongrds',
  domain: 'middleware',
  group: 'usage',
  purpose: text('TongRDS 实例与成员：内存、连接与集群状态（不含键名与数据）', 'TongRDS instances and members: memory, clients and state of the cluster, never keys or data'),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      centers: optional(counter(text('声明的中心数', 'Centers that are declared'))),
      centersReached: optional(counter(text('可连接的中心数', 'Centers that could be connected to'))),
      sentinels: optional(counter(text('声明的哨兵数', 'Sentinels that are declared'))),
      sentinelsReached: optional(counter(text('可连接的哨兵数', 'Sentinels that could be connected to'))),
      licenseEndsAt: optional(timestamp(text('授权到期', 'When the licence ends'))),
      licenseExpired: optional(bool(text('授权已到期', 'The licence has ended'))),
      licenseUsedPercent: optional(percent(text('授权使用率', 'Licences in use, of all'))),
    }),
    members: list(text('成员', 'Members'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      usedMemoryPercent: optional(percent(text('内存使用率', 'Memory in use'))),
      clientsPercent: optional(percent(text('连接使用率', 'Clients, of the most'))),
      clients: optional(counter(text('客户端连接数', 'Clients'))),
      processSpeed: optional(gauge(text('每秒处理数', 'Operations per second'), 'per-second')),
      authRequired: optional(bool(text('必须认证', 'Signing in is required'))),
      clusterEnabled: optional(bool(text('开启集群', 'It is a cluster'))),
      clusterOk: optional(bool(text('集群状态正常', 'The cluster is well'))),
    }),
  },
});
