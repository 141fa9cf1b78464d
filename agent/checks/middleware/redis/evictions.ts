import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const redisEvictions = defineCheck({
  id: 'redis-evictions',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 因内存不足淘汰了键', en: 'Redis keys evicted due to insufficient memory' },
  why: {
    zh: '键被提前删除：缓存命中下降、数据库压力上升；若当存储用就是丢数据。',
    en: 'Keys are removed early: cache hits drop and the load on the database rises; in a data store, this is data loss.',
  },
  remedy: {
    zh: '执行 `redis-cli INFO stats` 查看 evicted_keys 是否增长；作为数据库使用时提高 maxmemory 或改为 noeviction 并扩容。',
    en: 'Run `redis-cli INFO stats` and check whether evicted_keys is growing; if Redis is used as a database, raise maxmemory, or use noeviction and add capacity.',
  },
  severity: 'info',
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'redis.io "Key eviction"; practice: any, since the inspection before, else since the start; policies allkeys-* evict by design and are left out',

  evaluate({ middlewareRedis: { members } }, { infoCount }) {
    return judgeInstances(members, ({ role, evictedKeys, uptimeSeconds, recentEvicted, recentSeconds, evictionPolicy = 'noeviction' }) => {
      if (role === 'sentinel' || evictionPolicy.startsWith('allkeys-')) return 'other';
      return told(perDay(evictedKeys, uptimeSeconds, recentEvicted, recentSeconds), (count) => above(count, { info: infoCount }));
    });
  },
});
