import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebRequestErrorRate = defineCheck({
  id: 'tongweb-request-error-rate',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 请求错误率高', en: 'High TongWeb request error rate' },
  why: { zh: '相当一部分用户的请求失败，业务正在受影响。', en: 'A considerable share of user requests is failing.' },
  remedy: {
    zh: '在控制台查看通道的 errorCount，结合访问日志 `awk` 统计 4xx/5xx 的路径；联系应用方处理。',
    en: 'Check errorCount of the listener in the console and count 4xx/5xx responses by path in the access log; contact the application team.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 1, criticalPercent: 5, fewestCount: 1_000 },
  source: 'practice: 1 % / 5 % of the requests since it started, from 1000 requests on',

  evaluate({ middlewareTongweb: { rows, listeners } }, { warningPercent, criticalPercent, fewestCount }) {
    return judgeParts(rows, listeners, ({ use, requests, errors }) =>
      use !== 'application'
        ? 'other'
        : requests === undefined || errors === undefined
          ? 'silent'
          : requests < fewestCount
            ? []
            : above(Math.round((errors / requests) * 1_000) / 10, { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
