import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebStartFailed = defineCheck({
  id: 'tongweb-start-failed',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志出现启动失败', en: 'Startup failure in TongWeb log' },
  why: { zh: '启动未成功，应用可能没有上线或只起了一部分。', en: 'Startup did not succeed, and applications may be offline or only partly started.' },
  remedy: {
    zh: '执行 `grep -n -E "startup failed|shutdown by exception|Address already in use" logs/server.log | tail` 查看原因；用 `ss -ltnp` 查端口占用。',
    en: 'Run `grep -n -E "startup failed|shutdown by exception|Address already in use" logs/server.log | tail` to find the cause; use `ss -ltnp` to see which process holds the port.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'TongWeb log messages',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { criticalCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) => (pattern === 'start-failed' ? above(count, { critical: criticalCount }) : 'other'));
  },
});
