import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxUpstreamSingle = defineCheck({
  id: 'nginx-upstream-single',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 上游只有一个服务器', en: 'nginx upstream with only one server' },
  why: { zh: '后端唯一的服务器故障时，经过它的请求全部失败。', en: 'If that server fails, all requests through it fail.' },
  remedy: {
    zh: "执行 `nginx -T 2>/dev/null | grep -n -A6 '^ *upstream'` 核对；为重要上游增加第二个服务器。",
    en: "Run `nginx -T 2>/dev/null | grep -n -A6 '^ *upstream'` to check; add a second server to important upstreams.",
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'count',
  threshold: {},
  source: 'nginx documentation, upstream: a single server is never taken out of use; practice: when it fails nothing is left to balance to',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, singleUpstreams }) =>
      !configurationRead ? 'other' : told(singleUpstreams, (count) => (count > 0 ? [{ observed: count }] : [])),
    );
  },
});
