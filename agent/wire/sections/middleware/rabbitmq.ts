/** RabbitMQ: what its management API is reduced to. */
import { bool, counter, gauge, list, optional, someOf, text, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, number } from './settings.ts';

/** Limits of each node, as the management API tells them. */
export const RABBITMQ_SETTINGS = defineSettings({ mem_limit: number('bytes'), disk_free_limit: number('bytes'), fd_total: number(), proc_total: number() });

/** What may be missing. */
export const RABBITMQ_GRANTS = ['monitoring', 'permissions in every vhost'] as const;

export const middlewareRabbitmq = defineSection({
  id: 'middlewareRabbitmq',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'RabbitMQ 集群、节点与队列计数：分区、告警、资源、积压、副本（不含队列、交换机、用户名与消息）',
    'RabbitMQ clusters, nodes and counts of queues: partitions, alarms, resources, backlogs, replication, never names or messages',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      denied: someOf(text('缺少的权限（用户标签）', 'Rights that are missing, as tags of the user'), RABBITMQ_GRANTS),
      erlang: optional(version(text('Erlang 版本', 'Version of Erlang'))),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
      nodes: optional(counter(text('集群节点数', 'Nodes of the cluster'))),
      runningNodes: optional(counter(text('运行中的节点数', 'Nodes that run'))),
      partitionedNodes: optional(counter(text('报告网络分区的节点数', 'Nodes that see a partition'))),
      connections: optional(counter(text('连接数', 'Connections'))),
      queues: optional(counter(text('队列数', 'Queues'))),
      queuesSeen: optional(counter(text('已检查的队列数（积压最多者在先）', 'Queues looked at, the fullest first'))),
      readyMessages: optional(counter(text('待投递消息数', 'Messages that are ready'))),
      unackedMessages: optional(counter(text('未确认消息数', 'Messages that are not acknowledged'))),
      fullestReady: optional(counter(text('单个队列待投递消息数（最大）', 'Messages ready in the fullest queue'))),
      fullestUnacked: optional(counter(text('单个队列未确认消息数（最大）', 'Messages not acknowledged of one queue, at the most'))),
      unconsumedQueues: optional(counter(text('有消息但没有消费者的队列数', 'Queues with messages and no consumer'))),
      downQueues: optional(counter(text('不可用的队列数', 'Queues that do not serve'))),
      mirroredQueues: optional(counter(text('经典镜像队列数', 'Classic queues that are mirrored'))),
      unreplicatedQueues: optional(counter(text('没有副本的持久队列数', 'Durable queues without a replica'))),
      unroutableMessages: optional(counter(text('启动以来无法路由的消息数', 'Messages that could not be routed since it started'))),
      defaultPassword: optional(bool(text('guest 默认口令可登录（仅在声明允许时尝试）', 'guest signs in with its default password (tried only when declared)'))),
    }),
    members: list(text('节点', 'Nodes'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      running: optional(bool(text('运行中', 'It runs'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      memoryPercent: optional(gauge(text('内存占水位', 'Memory in use of the watermark'), 'percent')),
      memoryAlarm: optional(bool(text('内存告警', 'Alarm of memory'))),
      diskFreeBytes: optional(gauge(text('磁盘剩余', 'Disk that is free'), 'bytes')),
      diskLimitBytes: optional(gauge(text('磁盘告警线', 'Limit of free disk'), 'bytes')),
      diskAlarm: optional(bool(text('磁盘告警', 'Alarm of disk'))),
      descriptorsPercent: optional(gauge(text('文件描述符使用率', 'File descriptors in use'), 'percent')),
      processesPercent: optional(gauge(text('Erlang 进程使用率', 'Erlang processes in use'), 'percent')),
    }),
  },
});
