/** MinIO: what its health endpoints and metrics are reduced to. */
import { bool, counter, gauge, list, oneOf, optional, someOf, text, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS } from './instance-fields.ts';
import { defineSettings, number } from './settings.ts';

/** The shape of the deployment, as its metrics tell it. */
export const MINIO_SETTINGS = defineSettings({ nodes: number(), drives: number(), write_quorum: number(), standard_parity: number() });
export const MINIO_GRANTS = ['admin:Prometheus'] as const;
export const MINIO_METRICS = ['v2', 'v3'] as const;

export const middlewareMinio = defineSection({
  id: 'middlewareMinio',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'MinIO 实例与节点：磁盘、节点、仲裁、容量、修复、错误计数（不含桶名、对象、用户与密钥）',
    'MinIO instances and nodes: drives, nodes, quorum, capacity, healing, counts of errors, never buckets, objects, users or keys',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      denied: someOf(text('缺少的权限（策略动作）', 'Actions of a policy that are missing'), MINIO_GRANTS),
      metrics: optional(oneOf(text('指标接口版本', 'Which metrics it serves'), MINIO_METRICS)),
      tls: optional(bool(text('通过 TLS 连接', 'It was asked over TLS'))),
      metricsOpen: optional(bool(text('指标无需令牌即可读取', 'It tells its metrics to anybody'))),
      defaultPassword: optional(bool(text('默认 root 口令可用（仅在声明允许时尝试）', 'The default root password works (tried only when declared)'))),
      writable: optional(bool(text('满足写仲裁', 'It has its write quorum'))),
      readable: optional(bool(text('满足读仲裁', 'It has its read quorum'))),
      nodesOnline: optional(counter(text('在线节点数', 'Nodes online'))),
      nodesOffline: optional(counter(text('离线节点数', 'Nodes offline'))),
      drivesOnline: optional(counter(text('在线磁盘数', 'Drives online'))),
      drivesOffline: optional(counter(text('离线磁盘数', 'Drives offline'))),
      erasureSets: optional(counter(text('纠删集数', 'Erasure sets'))),
      unhealthySets: optional(counter(text('不健康的纠删集数', 'Erasure sets that are not healthy'))),
      leastTolerance: optional(gauge(text('写入还能容忍离线的磁盘数（最差的纠删集）', 'Drives that the worst set may still lose and take writes'), 'count')),
      parity: optional(counter(text('标准存储级别的校验块数', 'Parity of the standard storage class'))),
      healingDrives: optional(counter(text('修复中的磁盘数', 'Drives that heal'))),
      usableBytes: optional(gauge(text('可用总容量', 'Usable capacity'), 'bytes')),
      usableFreeBytes: optional(gauge(text('可用剩余容量', 'Usable capacity that is free'), 'bytes')),
      buckets: optional(counter(text('桶数', 'Buckets'))),
      objects: optional(counter(text('对象数', 'Objects'))),
      keyServerOnline: optional(bool(text('密钥服务在线', 'The key server is online'))),
    }),
    members: list(text('节点', 'Nodes'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      version: optional(version(text('版本', 'Version'))),
      live: optional(bool(text('存活检查通过', 'It says that it is alive'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      drives: optional(counter(text('磁盘数', 'Drives'))),
      fullestDrivePercent: optional(gauge(text('最满的磁盘使用率', 'Use of the fullest drive'), 'percent')),
      freeInodesPercent: optional(gauge(text('空闲 inode 比例（最少的磁盘）', 'Free inodes of the drive that has the fewest'), 'percent')),
      driveErrors: optional(counter(text('启动以来磁盘 I/O 与超时错误数', 'Errors and timeouts of drives since it started'))),
      requests: optional(counter(text('启动以来 S3 请求数', 'S3 requests since it started'))),
      serverErrors: optional(counter(text('启动以来 S3 5xx 错误数', 'S3 requests that ended with 5xx since it started'))),
      waitingRequests: optional(counter(text('排队的 S3 请求数', 'S3 requests that wait'))),
      openFiles: optional(counter(text('打开的文件数', 'Files that are open'))),
      openFilesLimit: optional(counter(text('文件数上限', 'Limit of open files'))),
      recentSeconds: optional(counter(text('与上次巡检的间隔', 'Since the inspection before'), 'seconds')),
      recentDriveErrors: optional(counter(text('其间磁盘错误数', 'Errors of drives since then'))),
      recentRequests: optional(counter(text('其间请求数', 'Requests since then'))),
      recentServerErrors: optional(counter(text('其间 5xx 数', '5xx since then'))),
    }),
  },
});
