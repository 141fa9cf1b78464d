import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { wrongWhen } from '../../middleware-rows.ts';

export const tongwebLogErrorsRising = defineCheck({
  id: 'tongweb-log-errors-rising',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志错误数明显上升', en: 'Significant increase in TongWeb log errors' },
  why: { zh: '应用出现了新的异常，部分用户的操作可能正在失败。', en: 'New exceptions are occurring, and operations may be failing for some users.' },
  remedy: {
    zh: '按小时统计 `grep -c SEVERE logs/server.log`，对照变更与发布记录找出开始的时间。',
    en: 'Count `grep -c SEVERE logs/server.log` by hour, and compare the start time with change and release records.',
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
