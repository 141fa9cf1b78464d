import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebOom = defineCheck({
  id: 'tongweb-oom',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志出现内存溢出', en: 'Out-of-memory error in TongWeb log' },
  why: { zh: '发生时请求失败，进程状态不再可信，应尽快找出原因并重启。', en: 'Requests failed, and the process can no longer be trusted: find the cause and restart it soon.' },
  remedy: {
    zh: '执行 `grep -n OutOfMemoryError logs/server.log | tail` 确认种类；堆或元空间不足时保留 hprof 分析，“unable to create native thread” 时检查 ulimit -u、pids 限制与线程数。',
    en: 'Run `grep -n OutOfMemoryError logs/server.log | tail` to identify the type; for heap or metaspace, keep the hprof file for analysis; for "unable to create native thread", check ulimit -u, the pids limit and the number of threads.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'TongWeb log messages; java.lang.OutOfMemoryError leaves a server in an undefined state',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { criticalCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) =>
      pattern === 'oom-heap' || pattern === 'oom-metaspace' || pattern === 'oom-native-thread' || pattern === 'oom-gc-overhead'
        ? above(count, { critical: criticalCount })
        : 'other',
    );
  },
});
