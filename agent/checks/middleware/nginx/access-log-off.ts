import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nginxAccessLogOff = defineCheck({
  id: 'nginx-access-log-off',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 全局关闭了访问日志', en: 'nginx access log disabled globally' },
  why: { zh: '出现攻击、错误或争议时没有请求记录可查。', en: 'After an attack, error or dispute, there is no record of requests.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep -n access_log`；在 http 块恢复访问日志并安排轮转。',
    en: 'Run `nginx -T 2>/dev/null | grep -n access_log`; re-enable the access log in the http block and set up log rotation.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'value',
  threshold: {},
  source: 'CIS NGINX Benchmark 3.2',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, accessLogOff }) => (configurationRead ? wrongWhen(accessLogOff) : 'other'));
  },
});
