import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebThreadPoolSaturated = defineCheck({
  id: 'tongweb-thread-pool-saturated',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 通道线程池接近耗尽', en: 'TongWeb listener thread pool nearly exhausted' },
  why: { zh: '新请求排队或被拒绝，用户感到卡顿和超时。', en: 'New requests are queued or refused, and users experience delays and timeouts.' },
  remedy: {
    zh: '在控制台查看通道监控的忙碌线程，用 `jstack <pid>` 查看线程在等待什么；先处理慢 SQL 与外部调用，再考虑增大 max-threads。',
    en: 'Check the busy threads of the listener in the console, and use `jstack <pid>` to see what they are waiting for; fix slow SQL and external calls before raising max-threads.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'Grafana 19156 (TongWeb): 80 %; 95 % leaves no room for a burst',

  evaluate({ middlewareTongweb: { rows, listeners } }, { warningPercent, criticalPercent }) {
    return judgeParts(rows, listeners, ({ use, busyThreads, maxThreads }) =>
      use === 'console' || use === 'ejb'
        ? 'other'
        : busyThreads === undefined || !maxThreads
          ? 'silent'
          : above(Math.round((busyThreads / maxThreads) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
