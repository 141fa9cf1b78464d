import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const ths5xxHigh = defineCheck({
  id: 'ths-5xx-high',
  area: 'middleware',
  product: 'ths',
  group: 'load',
  title: { zh: 'TongHttpServer 5xx 应答多', en: 'High TongHttpServer 5xx rate' },
  why: { zh: '用户正在看到服务器错误，多半是后端不可用或超时。', en: 'Users are seeing server errors, most likely because backends are unavailable or timing out.' },
  remedy: {
    zh: '从访问日志按上游统计 5xx；检查后端。',
    en: 'Count 5xx responses by upstream in the access log; check the backends.',
  },
  severity: 'warning',
  reads: ['middlewareThs'],
  unit: 'percent',
  threshold: { warningPercent: 1, criticalPercent: 5 },
  source: 'THS monitoring manual server_zones.responses; practice: 1 % / 5 %, kubernetes-mixin KubeClientErrors also begins at 1 %',

  evaluate({ middlewareThs: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ requests, serverErrors }) =>
      requests === undefined || serverErrors === undefined
        ? 'silent'
        : requests === 0
          ? []
          : above(Math.round((serverErrors / requests) * 1_000) / 10, { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
