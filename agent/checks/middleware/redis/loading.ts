import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const redisLoading = defineCheck({
  id: 'redis-loading',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 正在载入数据，不可用', en: 'Redis is loading its data and serves nobody' },
  why: { zh: '加载完成前所有请求都失败，缓存未热时数据库也会被压垮。', en: 'Until it is done every request fails, and the database behind may be overrun.' },
  remedy: {
    zh: '执行 `redis-cli INFO persistence` 查看 loading_eta_seconds；若反复重启，检查日志与内存上限。',
    en: 'Run `redis-cli INFO persistence` for loading_eta_seconds; if it restarts again and again, look at its log and its limit of memory.',
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
