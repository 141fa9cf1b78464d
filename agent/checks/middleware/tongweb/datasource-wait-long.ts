import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebDatasourceWaitLong = defineCheck({
  id: 'tongweb-datasource-wait-long',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 获取连接的等待时间过长', en: 'TongWeb connection wait time too long' },
  why: {
    zh: '连接池不足时线程要挂很久才失败，容易拖垮整个线程池。',
    en: 'When the pool is exhausted, threads hang for a long time before they fail, and may tie up the entire thread pool.',
  },
  remedy: {
    zh: '将数据源的 max-wait-time 设为 30000 毫秒左右；过长时请求线程会一起堆积。',
    en: 'Set max-wait-time of the data source to about 30000 ms; if it is too long, request threads pile up.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'milliseconds',
  threshold: { mostMs: 60_000 },
  source: 'TongWeb production guide: max-wait 30 s',

  evaluate({ middlewareTongweb: { rows, datasources } }, { mostMs }) {
    return judgeParts(
      rows,
      datasources,
      ({ maxWaitMs }) => told(maxWaitMs, (time) => (time > mostMs || time === 0 ? [{ observed: time, threshold: mostMs }] : [])),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
