import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebRequestSlow = defineCheck({
  id: 'tongweb-request-slow',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 平均处理时间长', en: 'High TongWeb average processing time' },
  why: { zh: '用户感到卡顿，线程被占用更久，高峰时容易耗尽。', en: 'Users wait, and threads are held longer and may be exhausted at peak times.' },
  remedy: {
    zh: '开启访问日志的 %D 后按路径排序找出慢请求；用 `jstack <pid>` 查看处理线程在等待什么。',
    en: 'Enable %D in the access log and sort by path to find slow requests; use `jstack <pid>` to see what the processing threads are waiting for.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000 },
  source: 'practice: 1 s on average is more than users wait for gladly',

  evaluate({ middlewareTongweb: { rows, listeners } }, { warningMs }) {
    return judgeParts(rows, listeners, ({ use, averageMs }) => (use !== 'application' ? 'other' : told(averageMs, (time) => above(Math.round(time), { warning: warningMs }))));
  },
});
