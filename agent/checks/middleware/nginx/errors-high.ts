import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nginxErrorsHigh = defineCheck({
  id: 'nginx-errors-high',
  area: 'middleware',
  product: 'nginx',
  group: 'load',
  title: { zh: 'ingress 控制器 5xx 占比高', en: 'High rate of 5xx responses from ingress controller' },
  why: { zh: '用户正在看到服务器错误，多半是后端不可用或超时。', en: 'Users are seeing server errors, most likely because backends are unavailable or time out.' },
  remedy: {
    zh: '执行 `kubectl logs` 或查看 nginx_ingress_controller_requests 按 ingress 分组找出来源；检查对应后端。占比自启动起累计。',
    en: 'Check nginx_ingress_controller_requests grouped by ingress, or `kubectl logs`, to find the source; check the backend concerned. The share is cumulative since start-up.',
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
