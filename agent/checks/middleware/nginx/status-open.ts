import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxStatusOpen = defineCheck({
  id: 'nginx-status-open',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 状态页未限制来源', en: 'nginx status page open to anyone' },
  why: { zh: '任何人都能看到连接与请求情况，便于踩点。', en: 'Anyone can see connection and request statistics, which helps attackers.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep -n -A4 stub_status`；在该 location 加上 allow 与 deny all。',
    en: 'Run `nginx -T 2>/dev/null | grep -n -A4 stub_status`; add allow and deny all to that location.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'nginx documentation, stub_status; practice: its numbers are for the operators, so allow and deny belong to it',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, openStatus }) => (!configurationRead ? 'other' : told(openStatus, (count) => (count > 0 ? [{ observed: count }] : []))));
  },
});
