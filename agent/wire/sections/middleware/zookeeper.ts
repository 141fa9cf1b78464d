/** ZooKeeper: what its four-letter words are reduced to. */
import { bool, counter, gauge, list, optional, someOf, text, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, number } from './settings.ts';

/** Names as the word `conf` spells them. */
export const ZOOKEEPER_SETTINGS = defineSettings({
  tickTime: number('milliseconds'),
  maxClientCnxns: number(),
  minSessionTimeout: number('milliseconds'),
  maxSessionTimeout: number('milliseconds'),
  initLimit: number(),
  syncLimit: number(),
  clientPortListenBacklog: number(),
});

/** Words that may be missing from `4lw.commands.whitelist`. */
export const ZOOKEEPER_GRANTS = ['mntr', 'conf'] as const;

export const middlewareZookeeper = defineSection({
  id: 'middlewareZookeeper',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'ZooKeeper 实例与成员：角色、同步、时延、积压与资源（不读取任何节点）',
    'ZooKeeper instances and members: roles, sync, latency, backlog and resources, never a node',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      leaders: optional(counter(text('主节点数', 'Leaders'))),
      quorumMembers: optional(counter(text('投票成员数', 'Members that vote'))),
    }),
    members: list(text('成员', 'Members'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      version: optional(version(text('版本', 'Version'))),
      denied: someOf(text('未放开的四字命令', 'Words that the whitelist lacks'), ZOOKEEPER_GRANTS),
      serving: optional(bool(text('正在提供服务', 'It serves'))),
      outstanding: optional(counter(text('排队的请求数', 'Requests that wait'))),
      latencyMs: optional(gauge(text('平均时延', 'Average latency'), 'milliseconds')),
      connections: optional(counter(text('连接数', 'Connections'))),
      znodes: optional(counter(text('节点数', 'Nodes of the tree'))),
      followers: optional(counter(text('跟随者数（由主节点报告）', 'Followers, as the leader tells'))),
      syncedFollowers: optional(counter(text('已同步的跟随者数', 'Followers in sync'))),
      descriptorsPercent: optional(gauge(text('文件描述符使用率', 'File descriptors in use'), 'percent')),
      slowSyncs: optional(counter(text('启动以来落盘超时的次数', 'Syncs beyond the threshold since it started'))),
      rejectedConnections: optional(counter(text('启动以来拒绝的连接数', 'Connections rejected since it started'))),
      filesBytes: optional(gauge(text('快照与事务日志的大小', 'Size of snapshots and logs'), 'bytes')),
      clientsUnlimited: optional(bool(text('未限制单个地址的连接数', 'Connections of one address are not limited'))),
    }),
  },
});
