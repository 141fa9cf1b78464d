import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxUpstreamUnverified = defineCheck({
  id: 'nginx-upstream-unverified',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 显式关闭了上游证书校验', en: 'nginx upstream certificate verification disabled' },
  why: { zh: '中间人可冒充后端，读取或篡改转发的数据。', en: 'A man in the middle may impersonate the backend and read or alter forwarded data.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep -n proxy_ssl_verify`；设置 proxy_ssl_trusted_certificate 并开启校验。',
    en: 'Run `nginx -T 2>/dev/null | grep -n proxy_ssl_verify`; set proxy_ssl_trusted_certificate and enable verification.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'nginx documentation, proxy_ssl_verify; CIS NGINX Benchmark 4.1',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, unverifiedUpstreams }) =>
      !configurationRead ? 'other' : told(unverifiedUpstreams, (count) => (count > 0 ? [{ observed: count }] : [])),
    );
  },
});
