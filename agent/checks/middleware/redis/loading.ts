import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const redisLoading = defineCheck({
  id: 'redis-loading',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 正在载入数据，不可用', en: 'Redis unavailable while loading data' },
  why: { zh: '加载完成前所有请求都失败，缓存未热时数据库也会被压垮。', en: 'All requests fail until loading completes, and the database behind it may be overwhelmed.' },
  remedy: {
    zh: '执行 `redis-cli INFO persistence` 查看 loading_eta_seconds；若反复重启，检查日志与内存上限。',
    en: 'Run `redis-cli INFO persistence` and check loading_eta_seconds; if Redis restarts repeatedly, check its log and memory limit.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'value',
  threshold: {},
  source: 'redis.io INFO: loading',

  evaluate({ middlewareRedis: { members } }) {
    return judgeInstances(members, ({ role, loading }) => (role === 'sentinel' ? 'other' : wrongWhen(loading)));
  },
});
