import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const elasticsearchTlsOff = defineCheck({
  id: 'elasticsearch-tls-off',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 的 HTTP 接口未使用 TLS', en: 'Elasticsearch HTTP interface without TLS' },
  why: { zh: '口令和数据以明文在网络上传输，可被窃听。', en: 'Passwords and data are sent in clear text and may be intercepted.' },
  remedy: {
    zh: '执行 `curl https://<地址>:9200/` 核对；启用 xpack.security.http.ssl，明文连接会暴露口令与数据。',
    en: 'Run `curl https://<address>:9200/` to check; enable xpack.security.http.ssl, because plain-text connections expose passwords and data.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'value',
  threshold: {},
  source: 'Elasticsearch documentation, "Set up basic security plus secured HTTPS traffic"',

  evaluate({ middlewareElasticsearch: { rows } }) {
    return judgeInstances(rows, ({ tls }) => wrongWhen(tls === undefined ? undefined : !tls));
  },
});
