/** TongRDS: what its INFO is reduced to. */
import { bool, counter, gauge, list, optional, percent, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';

export const middlewareTongrds = defineSection({
  id: 'middlewareTongrds',
  domain: 'middleware',
  group: 'usage',
  purpose: text('TongRDS 实例与成员：内存、连接与集群状态（不含键名与数据）', 'TongRDS instances and members: memory, clients and state of the cluster, never keys or data'),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, { ...INSTANCE_FIELDS }),
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
