import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tomcatThreadsSaturated = defineCheck({
  id: 'tomcat-threads-saturated',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 连接器线程接近耗尽', en: 'Tomcat connector threads nearly exhausted' },
  why: { zh: '新请求排队或被拒绝，用户感到卡顿和超时。', en: 'New requests are queued or refused, and users experience delays and timeouts.' },
  remedy: {
    zh: '用 `jstack <pid>` 查看线程在等待什么；处理慢请求后再考虑增大 maxThreads。',
    en: 'Run `jstack <pid>` to see what the threads are waiting for; fix slow requests before raising maxThreads.',
  },
  severity: 'warning',
  reads: ['middlewareTomcat'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'practice: 80 % / 95 %, as for TongWeb (Grafana 19156)',

  evaluate({ middlewareTomcat: { rows, connectors } }, { warningPercent, criticalPercent }) {
    return judgeParts(rows, connectors, ({ busyThreads, maxThreads }) =>
      busyThreads === undefined || !maxThreads ? 'silent' : above(Math.round((busyThreads / maxThreads) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
