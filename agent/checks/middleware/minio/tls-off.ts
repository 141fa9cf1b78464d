import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const minioTlsOff = defineCheck({
  id: 'minio-tls-off',
  area: 'middleware',
  product: 'minio',
  group: 'configuration',
  title: { zh: 'MinIO 未使用 TLS', en: 'MinIO without TLS' },
  why: { zh: '访问密钥签名与数据以明文传输，内容可被窃听和篡改。', en: 'Key signatures and data are sent in clear text and may be intercepted or altered.' },
  remedy: {
    zh: '执行 `curl -k https://<地址>:9000/minio/health/live` 核对；放置证书 public.crt 与 private.key，或由前置代理终止 TLS。',
    en: 'Run `curl -k https://<address>:9000/minio/health/live` to check; install public.crt and private.key, or terminate TLS at a front-end proxy.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: {},
  source: 'MinIO documentation, "Network encryption (TLS)"',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ tls }) => wrongWhen(tls === undefined ? undefined : !tls));
  },
});
