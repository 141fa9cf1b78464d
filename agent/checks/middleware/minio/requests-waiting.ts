import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioRequestsWaiting = defineCheck({
  id: 'minio-requests-waiting',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 有请求排队', en: 'MinIO requests queueing' },
  why: { zh: '并发超出处理能力，上传下载变慢或超时。', en: 'Concurrency exceeds capacity: uploads and downloads slow down or time out.' },
  remedy: {
    zh: '执行 `mc admin trace <别名> --stats` 查看负载；增加节点或内存，核对 api requests_max 设置。',
    en: 'Run `mc admin trace <alias> --stats` to see the load; add nodes or memory, and check the api requests_max setting.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'MinIO documentation, "Metrics version 2": minio_s3_requests_waiting_total, requests beyond requests_max wait',

  evaluate({ middlewareMinio: { members } }, { warningCount }) {
    return judgeInstances(members, ({ waitingRequests }) => told(waitingRequests, (count) => above(count, { warning: warningCount })));
  },
});
