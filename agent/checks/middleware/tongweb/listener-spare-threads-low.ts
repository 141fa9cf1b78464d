import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebListenerSpareThreadsLow = defineCheck({
  id: 'tongweb-listener-spare-threads-low',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 通道最小空闲线程数过低', en: 'Minimum spare threads of TongWeb listener too low' },
  why: { zh: '突发请求要等新线程创建，第一批用户会感到变慢。', en: 'Bursts must wait for new threads, and the first users experience delays.' },
  remedy: {
    zh: '在 tongweb.xml 的 protocol 中设置 min-spare-threads="10" 以上；默认值 1 会在突发请求时临时建线程。',
    en: 'Set min-spare-threads="10" or more in the protocol element of tongweb.xml; with the default of 1, a burst must wait for new threads.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { minimumCount: 10 },
  source: 'TongWeb production guide: min-spare-threads 10 (the default is 1)',

  evaluate({ middlewareTongweb: { rows, listeners } }, { minimumCount }) {
    return judgeParts(rows, listeners, ({ use, minSpareThreads }) =>
      use !== 'application' ? 'other' : told(minSpareThreads, (count) => (count < minimumCount ? [{ observed: count, threshold: minimumCount }] : [])),
    );
  },
});
