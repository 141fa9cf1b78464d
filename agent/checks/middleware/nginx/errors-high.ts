import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxErrorsHigh = defineCheck({
  id: 'nginx-errors-high',
  area: 'middleware',
  product: 'nginx',
  group: 'load',
  title: { zh: 'ingress 控制器 5xx 占比高', en: 'Ingress controller answers many 5xx' },
  why: { zh: '用户正在看到服务器错误，多半是后端不可用或超时。', en: 'Users are seeing server errors, mostly because backends are down or slow.' },
  remedy: {
    zh: '执行 `kubectl logs` 或查看 nginx_ingress_controller_requests 按 ingress 分组找出来源；检查对应后端。占比自启动起累计。',
    en: 'Look at nginx_ingress_controller_requests by ingress, or at `kubectl logs`, for whose they are; check that backend. The share counts since it started.',
  },
  severity: 'warning',
  reads: ['middlewareNginx'],
  unit: 'percent',
  threshold: { warningPercent: 5, leastCount: 1_000 },
  source: 'ingress-nginx chart, sample alert NGINXTooMany500s (> 5 %); not judged below 1000 requests',

  evaluate({ middlewareNginx: { rows } }, { warningPercent, leastCount }) {
    return judgeInstances(rows, ({ kind, errorPercent, requests = 0 }) => {
      if (kind === 'server' || requests < leastCount) return 'other';
      return told(errorPercent, (percent) => above(Math.round(percent * 10) / 10, { warning: warningPercent }));
    });
  },
});
