import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxBodyUnlimited = defineCheck({
  id: 'nginx-body-unlimited',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 不限制请求体大小', en: 'No limit on nginx request body size' },
  why: { zh: '一个超大的上传就能占满磁盘或拖垮后端。', en: 'A single huge upload may fill the disk or bring a backend down.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep -n client_max_body_size`；按业务设置上限。',
    en: 'Run `nginx -T 2>/dev/null | grep -n client_max_body_size`; set the limit that the application needs.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'CIS NGINX Benchmark 5.2 (client_max_body_size)',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, unlimitedBodies }) =>
      !configurationRead ? 'other' : told(unlimitedBodies, (count) => (count > 0 ? [{ observed: count }] : [])),
    );
  },
});
