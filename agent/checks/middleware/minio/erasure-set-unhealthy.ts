import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioErasureSetUnhealthy = defineCheck({
  id: 'minio-erasure-set-unhealthy',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 纠删集不健康', en: 'MinIO erasure set unhealthy' },
  why: { zh: '其中的对象可能无法写入或读取，数据处于危险之中。', en: 'Its objects may be unreadable or unwritable, and the data is at risk.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 与 `mc admin heal <别名>` 查看；先恢复离线的磁盘与节点。',
    en: 'Run `mc admin info <alias>` and `mc admin heal <alias>` to check; first bring the offline drives and nodes back.',
  },
  severity: 'critical',
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'MinIO documentation, "Metrics version 2": minio_cluster_health_erasure_set_status, 1 is healthy',

  evaluate({ middlewareMinio: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ unhealthySets }) => told(unhealthySets, (count) => above(count, { critical: criticalCount })));
  },
});
