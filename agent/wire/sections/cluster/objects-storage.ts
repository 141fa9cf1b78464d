/** Sections about persistent volumes, claims, storage classes, attachments, CSI drivers, snapshots and backups. */
import { bool, counter, gauge, list, map, name, oneOf, optional, percent, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const VOLUME_SOURCES = [
  'csi',
  'local',
  'hostPath',
  'nfs',
  'iscsi',
  'fc',
  'rbd',
  'cephfs',
  'glusterfs',
  'flocker',
  'quobyte',
  'storageos',
  'scaleIO',
  'photonPersistentDisk',
  'flexVolume',
  'portworxVolume',
  'awsElasticBlockStore',
  'gcePersistentDisk',
  'azureDisk',
  'azureFile',
  'cinder',
  'vsphereVolume',
  'other',
] as const;
export const VOLUME_PHASES = ['Available', 'Bound', 'Released', 'Failed', 'Pending', 'other'] as const;
export const PROVISIONERS = [
  'none',
  'in-tree',
  'hwameistor',
  'ceph-rbd',
  'cephfs',
  'longhorn',
  'openebs',
  'local-path',
  'nfs',
  'smb',
  'topolvm',
  'juicefs',
  'vsphere',
  'aws',
  'azure',
  'gcp',
  'aliyun',
  'huawei',
  'cinder',
  'other',
] as const;
const PROBLEMS = ['pending', 'lost', 'resize-pending', 'resize-failed', 'deleting'] as const;

const namespaceOf = name(text('命名空间', 'Namespace'), 'namespace');
const createdAt = timestamp(text('创建时间', 'Created'));
const dropped = counter(text('超出行数上限、未列出的值得注意的对象数', 'Notable objects left out over the cap'));
const driver = name(text('CSI 驱动名称', 'CSI driver'), 'storage-class');

export const volumes = defineSection({
  id: 'volumes',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('持久卷', 'Persistent volumes'),
  fields: {
    total: counter(text('持久卷总数', 'Persistent volumes')),
    byPhase: map(text('按阶段统计', 'By phase'), VOLUME_PHASES, 'count'),
    bySource: map(text('按存储类型统计', 'By source'), VOLUME_SOURCES, 'count'),
    capacityBytes: gauge(text('总容量', 'Capacity of all'), 'bytes'),
    dropped,
    rows: list(text('值得注意的持久卷', 'Notable volumes'), 2_000, {
      name: name(text('持久卷名称', 'Volume'), 'volume'),
      phase: oneOf(text('阶段', 'Phase'), VOLUME_PHASES),
      since: optional(timestamp(text('进入该阶段的时间', 'In this phase since'))),
      reclaim: oneOf(text('回收策略', 'Reclaim policy'), ['Retain', 'Delete', 'Recycle', 'other']),
      source: oneOf(text('存储类型', 'Source'), VOLUME_SOURCES),
      capacityBytes: optional(gauge(text('容量', 'Capacity'), 'bytes')),
      nodeMissing: bool(text('所绑定的节点已不存在', 'The node it is tied to no longer exists')),
      deletingSince: optional(timestamp(text('开始删除的时间', 'Being deleted since'))),
      createdAt,
    }),
    drivers: list(text('持久卷使用的 CSI 驱动', 'CSI drivers that volumes use'), 100, {
      driver,
      bound: counter(text('已绑定的持久卷数', 'Bound volumes')),
      nodes: counter(text('注册了该驱动的节点数', 'Nodes that registered the driver')),
    }),
  },
});

export const claims = defineSection({
  id: 'claims',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('持久卷声明', 'Persistent volume claims'),
  fields: {
    total: counter(text('声明总数', 'Claims')),
    bound: counter(text('已绑定的声明数', 'Bound claims')),
    requestedBytes: gauge(text('申请的总容量', 'Capacity that all claims ask for'), 'bytes'),
    dropped,
    rows: list(text('值得注意的声明', 'Notable claims'), 2_000, {
      namespace: namespaceOf,
      name: name(text('声明名称', 'Claim'), 'claim'),
      problem: oneOf(text('问题', 'Problem'), PROBLEMS),
      class: oneOf(text('存储类的情况', 'Its storage class'), ['present', 'missing', 'static', 'no-default']),
      waitsForConsumer: bool(text('等待 Pod 使用后才绑定', 'Waits for a pod to use it')),
      since: optional(timestamp(text('问题开始的时间', 'Since'))),
      createdAt,
    }),
  },
});

export const storageClasses = defineSection({
  id: 'storageClasses',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('存储类', 'Storage classes'),
  fields: {
    total: counter(text('存储类总数', 'Storage classes')),
    defaults: counter(text('默认存储类数', 'Default storage classes')),
    dropped,
    rows: list(text('存储类', 'Storage classes'), 200, {
      name: name(text('存储类名称', 'Storage class'), 'storage-class'),
      provisioner: oneOf(text('供应者', 'Provisioner'), PROVISIONERS),
      default: bool(text('默认存储类', 'Default class')),
      expandable: bool(text('允许扩容', 'Volumes can be expanded')),
      waitsForConsumer: bool(text('等待 Pod 调度后再绑定', 'Binds when a pod is scheduled')),
      reclaim: oneOf(text('回收策略', 'Reclaim policy'), ['Retain', 'Delete', 'Recycle', 'other']),
    }),
  },
});

export const volumeAttachments = defineSection({
  id: 'volumeAttachments',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('卷与节点的挂接', 'Attachments of volumes to nodes'),
  fields: {
    total: counter(text('挂接总数', 'Attachments')),
    dropped,
    rows: list(text('值得注意的挂接', 'Notable attachments'), 2_000, {
      name: name(text('持久卷名称', 'Volume'), 'volume'),
      node: name(text('节点', 'Node'), 'node'),
      attached: bool(text('已挂接', 'Attached')),
      attachFailed: bool(text('挂接出错', 'Attaching failed')),
      detachFailed: bool(text('卸载出错', 'Detaching failed')),
      nodeMissing: bool(text('节点已不存在', 'The node no longer exists')),
      deletingSince: optional(timestamp(text('开始卸载的时间', 'Being detached since'))),
      createdAt,
    }),
  },
});

export const csi = defineSection({
  id: 'csi',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('各节点注册的 CSI 驱动', 'CSI drivers by node'),
  fields: {
    nodes: counter(text('节点数', 'Nodes')),
    drivers: counter(text('已注册的驱动数', 'Registered drivers')),
    dropped,
    lacking: list(text('缺少多数计算节点都有的驱动的节点', 'Nodes without a driver that other worker nodes have'), 1_000, {
      node: name(text('节点', 'Node'), 'node'),
      driver,
      othersPercent: percent(text('有该驱动的计算节点占比', 'Share of worker nodes that have the driver')),
      nodeCreatedAt: timestamp(text('节点加入时间', 'When the node joined')),
    }),
  },
});

export const snapshots = defineSection({
  id: 'snapshots',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('卷快照', 'Volume snapshots'),
  fields: {
    total: counter(text('快照总数', 'Snapshots')),
    dropped,
    rows: list(text('未就绪的快照', 'Snapshots that are not ready'), 1_000, {
      namespace: namespaceOf,
      name: name(text('快照名称', 'Snapshot'), 'volume'),
      failed: bool(text('创建出错', 'Failed')),
      createdAt,
    }),
  },
});

export const BACKUP_PHASES = ['completed', 'partially-failed', 'failed', 'running', 'none', 'other'] as const;
export const backups = defineSection({
  id: 'backups',
  domain: 'cluster',
  group: 'configuration',
  purpose: text('Velero 备份', 'Backups by Velero'),
  fields: {
    total: counter(text('备份总数', 'Backups')),
    latestCompletedAt: optional(timestamp(text('最近一次成功备份的完成时间', 'When the latest good backup ended'))),
    dropped,
    schedules: list(text('备份计划', 'Schedules'), 500, {
      namespace: namespaceOf,
      name: name(text('计划名称', 'Schedule'), 'volume'),
      paused: bool(text('已暂停', 'Paused')),
      latest: oneOf(text('最近一次备份的结果', 'Result of the latest backup'), BACKUP_PHASES),
      latestCompletedAt: optional(timestamp(text('最近一次成功备份的完成时间', 'When its latest good backup ended'))),
      createdAt,
    }),
    locations: list(text('备份存储位置', 'Storage locations'), 100, {
      namespace: namespaceOf,
      name: name(text('位置名称', 'Location'), 'volume'),
      available: bool(text('可用', 'Available')),
      default: bool(text('默认位置', 'Default location')),
    }),
  },
});

export const CLUSTER_STORAGE_SECTIONS = { volumes, claims, storageClasses, volumeAttachments, csi, snapshots, backups } as const;
