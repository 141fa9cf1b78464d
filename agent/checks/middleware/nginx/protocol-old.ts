import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxProtocolOld = defineCheck({
  id: 'nginx-protocol-old',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 允许旧版 TLS/SSL', en: 'nginx allows old TLS/SSL versions' },
  why: { zh: '旧协议有已知弱点，会话可能被破解或降级。', en: 'Old protocols have known weaknesses, and sessions may be broken or downgraded.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep ssl_protocols`；改为 TLSv1.2 TLSv1.3 后执行 `nginx -t && nginx -s reload`。',
    en: 'Run `nginx -T 2>/dev/null | grep ssl_protocols`; change it to TLSv1.2 TLSv1.3, then run `nginx -t && nginx -s reload`.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'RFC 8996 deprecates TLS 1.0 and 1.1; CIS NGINX Benchmark',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, weakProtocols }) =>
      !configurationRead ? 'other' : told(weakProtocols, (count) => (count > 0 ? [{ observed: count }] : [])),
    );
  },
});
