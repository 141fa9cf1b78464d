import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioNodeOffline = defineCheck({
  id: 'minio-node-offline',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 节点离线', en: 'MinIO node offline' },
  why: { zh: '冗余与性能都减少，再失去节点可能无法写入。', en: 'Redundancy and performance are reduced, and losing another node may stop writes.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 找出离线节点；查看其日志、网络与时钟。',
    en: 'Run `mc admin info <alias>` to find the offline node; check its log, network and clock.',
  },
  severity: 'critical',
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'awesome-prometheus-alerts (MinIO): MinioNodeDiskOffline; MinIO documentation, "Metrics and alerts": NodesOffline',

  evaluate({ middlewareMinio: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ nodesOffline }) => told(nodesOffline, (count) => above(count, { critical: criticalCount })));
  },
});
