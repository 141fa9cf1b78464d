import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxListingOn = defineCheck({
  id: 'nginx-listing-on',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 开启了目录列表', en: 'nginx directory listing enabled' },
  why: { zh: '目录里的备份、配置或源码可能被任何人浏览下载。', en: 'Anyone may browse and download backups, configuration or source code in the directory.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep -n autoindex`；关闭不需要的 autoindex。',
    en: 'Run `nginx -T 2>/dev/null | grep -n autoindex`; disable autoindex where it is not needed.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'CIS NGINX Benchmark (autoindex)',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, listings }) => (!configurationRead ? 'other' : told(listings, (count) => (count > 0 ? [{ observed: count }] : []))));
  },
});
