import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const minioReadQuorumLost = defineCheck({
  id: 'minio-read-quorum-lost',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 失去读仲裁', en: 'MinIO read quorum lost' },
  why: { zh: '部分对象现在读不出来，业务和恢复都会失败。', en: 'Some objects are now unreadable, and applications and restores fail.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 查看在线磁盘数；立即恢复节点与磁盘，部分对象已无法读取。',
    en: 'Run `mc admin info <alias>` to see how many drives are online; bring nodes and drives back immediately, as some objects can no longer be read.',
  },
  severity: 'critical',
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: {},
  source: 'MinIO documentation, "Healthcheck API": /minio/health/cluster/read answers 503 without read quorum',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ readable }) => wrongWhen(readable === undefined ? undefined : !readable));
  },
});
