import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const elasticsearchSecurityOff = defineCheck({
  id: 'elasticsearch-security-off',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 未启用身份验证', en: 'Elasticsearch authentication disabled' },
  why: { zh: '能连到端口的人都能读取、篡改或删除全部数据。', en: 'Anyone who can reach the port can read, change or delete all data.' },
  remedy: {
    zh: '执行 `curl http://<地址>:9200/` 确认无需口令；启用 xpack.security.enabled 或 OpenSearch 安全插件，在此之前用防火墙限制来源。',
    en: 'Run `curl http://<address>:9200/` to confirm that no password is needed; enable xpack.security.enabled or the OpenSearch security plugin, and until then restrict access with a firewall.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'value',
  threshold: {},
  source: 'Elasticsearch documentation, "Security settings"; OpenSearch documentation, "About Security": without it anybody reads and deletes everything',

  evaluate({ middlewareElasticsearch: { rows } }) {
    return judgeInstances(rows, ({ anonymous }) => wrongWhen(anonymous));
  },
});
