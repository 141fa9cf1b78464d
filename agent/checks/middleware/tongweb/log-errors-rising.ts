import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { wrongWhen } from '../../middleware-rows.ts';

export const tongwebLogErrorsRising = defineCheck({
  id: 'tongweb-log-errors-rising',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志错误数明显上升', en: 'TongWeb log: errors on the rise' },
  why: { zh: '应用出现了新的异常，部分用户的操作可能正在失败。', en: 'Something new goes wrong, and some users may be seeing it fail.' },
  remedy: {
    zh: '按小时统计 `grep -c SEVERE logs/server.log`，对照变更与发布记录找出开始的时间。',
    en: 'Count `grep -c SEVERE logs/server.log` by the hour and compare its beginning with changes and releases.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { growthRatio: 3, fewestCount: 100 },
  source: 'practice: three times the period before, and more than 100, so that a quiet log does not alarm',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { growthRatio, fewestCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count, previous }) =>
      pattern !== 'error'
        ? 'other'
        : previous === undefined
          ? 'silent'
          : wrongWhen(count > fewestCount && count > previous * growthRatio, { observed: count, threshold: Math.round(previous * growthRatio) }),
    );
  },
});
