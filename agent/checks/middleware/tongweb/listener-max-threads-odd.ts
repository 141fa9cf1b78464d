import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebListenerMaxThreadsOdd = defineCheck({
  id: 'tongweb-listener-max-threads-odd',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 通道最大线程数不合常规', en: 'Unusual max-threads value for TongWeb listener' },
  why: { zh: '过小则高峰排队，过大则线程争抢、内存增加，都会变慢。', en: 'Too few threads cause queuing at peaks; too many contend and use more memory.' },
  remedy: {
    zh: '查看 tongweb.xml 中 http-listener/protocol 的 max-threads；按压测结果设置，常用 200 左右。',
    en: 'Check max-threads of http-listener/protocol in tongweb.xml; set it according to load test results, commonly about 200.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { lowCount: 50, highCount: 1_000 },
  source: 'TongWeb production guide: max-threads 200; below 50 or above 1000 is rarely meant',

  evaluate({ middlewareTongweb: { rows, listeners } }, { lowCount, highCount }) {
    return judgeParts(rows, listeners, ({ use, maxThreads }) =>
      use !== 'application'
        ? 'other'
        : told(maxThreads, (count) => (count < lowCount ? [{ observed: count, threshold: lowCount }] : count > highCount ? [{ observed: count, threshold: highCount }] : [])),
    );
  },
});
