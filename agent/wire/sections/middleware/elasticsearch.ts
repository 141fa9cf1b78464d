/** Elasticsearch and OpenSearch: what their HTTP API is reduced to. */
import { bool, counter, gauge, list, oneOf, optional, someOf, text, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, flag, number, word } from './settings.ts';

const ALLOCATION = ['all', 'primaries', 'new_primaries', 'none'] as const;
/** Settings of the cluster in effect, and three of each node. Watermarks in percent; one in bytes is left out. */
export const ELASTICSEARCH_SETTINGS = defineSettings({
  'cluster.max_shards_per_node': number(),
  'cluster.routing.allocation.enable': word(...ALLOCATION),
  'cluster.routing.rebalance.enable': word('all', 'primaries', 'replicas', 'none'),
  'cluster.routing.allocation.disk.threshold_enabled': flag(),
  'cluster.routing.allocation.disk.watermark.low': number(),
  'cluster.routing.allocation.disk.watermark.high': number(),
  'cluster.routing.allocation.disk.watermark.flood_stage': number(),
  'action.destructive_requires_name': flag(),
  'bootstrap.memory_lock': flag(),
  'xpack.security.enabled': flag(),
  heap_max_in_bytes: number('bytes'),
});
/** What may be missing, as privileges of Elasticsearch; OpenSearch calls the first two `cluster_monitor`, `indices_monitor`. */
export const ELASTICSEARCH_GRANTS = ['cluster:monitor', 'indices:monitor', 'indices:view_index_metadata', 'cluster:monitor_snapshot', 'cluster:read_ilm'] as const;
export const ELASTICSEARCH_STATUSES = ['green', 'yellow', 'red'] as const;

export const middlewareElasticsearch = defineSection({
  id: 'middlewareElasticsearch',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'Elasticsearch / OpenSearch 集群、节点与分片计数：健康、堆、磁盘、拒绝、快照（不含索引名、仓库名、查询与文档）',
    'Elasticsearch and OpenSearch clusters, nodes and counts of shards: health, heap, disks, rejections, snapshots, never names of indices or repositories, queries or documents',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      denied: someOf(text('缺少的权限', 'Privileges that are missing'), ELASTICSEARCH_GRANTS),
      distribution: optional(oneOf(text('发行版', 'Distribution'), ['elasticsearch', 'opensearch'])),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
      anonymous: optional(bool(text('无需身份即可读取', 'It answers anybody'))),
      status: optional(oneOf(text('集群健康状态', 'Health of the cluster'), ELASTICSEARCH_STATUSES)),
      nodes: optional(counter(text('节点数', 'Nodes'))),
      dataNodes: optional(counter(text('数据节点数', 'Nodes that hold data'))),
      masterNodes: optional(counter(text('可当选主节点的节点数', 'Nodes that may become master'))),
      activeShards: optional(counter(text('活动分片数', 'Shards that are active'))),
      unassignedShards: optional(counter(text('未分配分片数', 'Shards that are not assigned'))),
      unassignedPrimaries: optional(counter(text('未分配的主分片数', 'Primary shards that are not assigned'))),
      pendingTasks: optional(counter(text('等待中的集群任务数', 'Tasks of the cluster that wait'))),
      longestTaskMs: optional(gauge(text('等待最久的任务', 'Longest that a task has waited'), 'milliseconds')),
      mostShards: optional(counter(text('分片数上限（全部数据节点）', 'Most shards that it takes, all data nodes together'))),
      allocation: optional(oneOf(text('分片分配开关', 'Whether shards are assigned'), [...ALLOCATION, 'other'])),
      indices: optional(counter(text('索引数', 'Indices'))),
      unreplicatedIndices: optional(counter(text('没有副本的索引数', 'Indices without a replica'))),
      blockedIndices: optional(counter(text('因磁盘水位只读的索引数', 'Indices that a full disk made read-only'))),
      largestShardBytes: optional(gauge(text('最大分片', 'Largest shard'), 'bytes')),
      repositories: optional(counter(text('快照仓库数', 'Repositories of snapshots'))),
      snapshots: optional(counter(text('所查看的快照中成功的数目', 'Snapshots that succeeded, of those looked at'))),
      newestSnapshotSeconds: optional(gauge(text('距最近一次成功快照结束', 'Since the newest snapshot that succeeded'), 'seconds')),
      lifecycleErrors: optional(counter(text('生命周期策略出错的索引数', 'Indices whose lifecycle policy is stuck in an error'))),
    }),
    members: list(text('节点', 'Nodes'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      version: optional(version(text('版本', 'Version'))),
      holdsData: optional(bool(text('数据节点', 'It holds data'))),
      masterEligible: optional(bool(text('可当选主节点', 'It may become master'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      heapPercent: optional(gauge(text('堆使用率', 'Heap in use'), 'percent')),
      heapMostBytes: optional(gauge(text('堆上限', 'Most that the heap may take'), 'bytes')),
      compressedPointers: optional(bool(text('使用压缩指针', 'It uses compressed pointers'))),
      memoryBytes: optional(gauge(text('内存上限（主机或 cgroup）', 'Memory of the host or its cgroup'), 'bytes')),
      memoryLocked: optional(bool(text('内存已锁定', 'Its memory is locked'))),
      diskTotalBytes: optional(gauge(text('数据盘大小', 'Size of its disks'), 'bytes')),
      diskFreeBytes: optional(gauge(text('数据盘可用', 'Disk that is free'), 'bytes')),
      openFiles: optional(counter(text('打开的文件数', 'Files that are open'))),
      openFilesLimit: optional(counter(text('文件数上限', 'Limit of open files'))),
      rejections: optional(counter(text('启动以来写入与查询被拒次数', 'Writes and searches refused since it started'))),
      breakerTrips: optional(counter(text('启动以来断路器触发次数', 'Circuit breakers tripped since it started'))),
      oldCollections: optional(counter(text('启动以来老年代 GC 次数', 'Collections of the old generation since it started'))),
      oldCollectionMs: optional(gauge(text('启动以来老年代 GC 耗时', 'Time of those collections'), 'milliseconds')),
      recentSeconds: optional(counter(text('与上次巡检的间隔', 'Since the inspection before'), 'seconds')),
      recentRejections: optional(counter(text('其间被拒次数', 'Refused since then'))),
      recentBreakerTrips: optional(counter(text('其间断路器触发次数', 'Tripped since then'))),
    }),
  },
});
