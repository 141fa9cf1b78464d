import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tomcatRequestErrorRate = defineCheck({
  id: 'tomcat-request-error-rate',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 请求错误率高', en: 'High Tomcat request error rate' },
  why: { zh: '相当一部分用户的请求失败，业务正在受影响。', en: 'A considerable share of user requests is failing.' },
  remedy: {
    zh: '从访问日志按路径统计 4xx/5xx；联系应用方处理。',
    en: 'Count 4xx/5xx by path in the access log; contact the application team.',
  },
  severity: 'warning',
  reads: ['middlewareTomcat'],
  unit: 'percent',
  threshold: { warningPercent: 1, criticalPercent: 5, fewestCount: 1_000 },
  source: 'practice: 1 % / 5 % of the requests since it started, from 1000 on',

  evaluate({ middlewareTomcat: { rows, connectors } }, { warningPercent, criticalPercent, fewestCount }) {
    return judgeParts(rows, connectors, ({ requests, errors }) =>
      requests === undefined || errors === undefined
        ? 'silent'
        : requests < fewestCount
          ? []
          : above(Math.round((errors / requests) * 1_000) / 10, { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
