import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const minioWriteQuorumLost = defineCheck({
  id: 'minio-write-quorum-lost',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 失去写仲裁', en: 'MinIO write quorum lost' },
  why: { zh: '上传现在全部失败，依赖它的业务和备份停止。', en: 'All uploads now fail, and dependent applications and backups stop.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 查看在线磁盘数；恢复足够的节点与磁盘，在此之前所有写入失败。',
    en: 'Run `mc admin info <alias>` to see how many drives are online; bring enough nodes and drives back. Until then, all writes fail.',
  },
  severity: 'critical',
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: {},
  source: 'MinIO documentation, "Healthcheck API": /minio/health/cluster answers 503 without write quorum',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ writable }) => wrongWhen(writable === undefined ? undefined : !writable));
  },
});
