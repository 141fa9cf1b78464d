import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const minioMetricsOpen = defineCheck({
  id: 'minio-metrics-open',
  area: 'middleware',
  product: 'minio',
  group: 'configuration',
  title: { zh: 'MinIO 指标无需令牌即可读取', en: 'MinIO metrics readable without a token' },
  why: { zh: '任何人都能看到桶数量、流量和节点信息，便于踩点。', en: 'Anyone can see bucket counts, traffic and node details, which helps attackers.' },
  remedy: {
    zh: '执行 `curl http://<地址>:9000/minio/v2/metrics/cluster` 确认；去掉 MINIO_PROMETHEUS_AUTH_TYPE=public，或只在内网开放。',
    en: 'Run `curl http://<address>:9000/minio/v2/metrics/cluster` to confirm; remove MINIO_PROMETHEUS_AUTH_TYPE=public, or expose the metrics to the internal network only.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: {},
  source: 'MinIO documentation, "Metrics and alerts": MINIO_PROMETHEUS_AUTH_TYPE=public tells names of buckets and drives to anybody',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ metricsOpen }) => wrongWhen(metricsOpen));
  },
});
