import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const timeSourcesDisagree = defineCheck({
  id: 'service-time-sources-disagree',
  area: 'service',
  title: { zh: '时间源之间相差过大', en: 'Disagreement between time sources' },
  why: { zh: '至少有一个时间源是错的，主机可能跟随了错误的时间。', en: 'At least one of them is wrong, and the host may be following it.' },
  remedy: {
    zh: '执行 `chronyc sources -v` 比较各时间源的偏差；停用错误的时间服务器，至少保留三个可信的时间源。',
    en: 'Run `chronyc sources -v` to compare the offsets of the sources; stop using the faulty server and keep at least three trusted sources.',
  },
  severity: 'warning',
  reads: ['timeSync'],
  unit: 'milliseconds',
  threshold: { warningMs: 100 },
  source: 'practice: twice the 50 ms that node-mixin NodeClockSkewDetected allows one clock',

  evaluate({ timeSync: { sourcesAnswered, disagreementMs } }, { warningMs }) {
    if (sourcesAnswered < 2) return notApplicable();
    return disagreementMs === undefined ? unknown() : above(disagreementMs, { warning: warningMs });
  },
});
