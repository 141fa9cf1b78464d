import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const redisMemoryHigh = defineCheck({
  id: 'redis-memory-high',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 内存接近上限', en: 'Redis memory usage close to the limit' },
  why: { zh: '到上限后要么淘汰键，要么拒绝写入，应用报错。', en: 'At the limit, keys are evicted or writes are refused, and applications fail.' },
  remedy: {
    zh: '执行 `redis-cli INFO memory` 查看 used_memory 与 maxmemory；清理过期或过大的数据，或提高 maxmemory 并确认主机内存足够。',
    en: 'Run `redis-cli INFO memory` and check used_memory and maxmemory; remove expired or oversized data, or raise maxmemory if the host has enough memory.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'percent',
  threshold: { warningPercent: 90 },
  source: 'awesome-prometheus-alerts RedisOutOfConfiguredMaxmemory (90 %)',

  evaluate({ middlewareRedis: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ role, usedMemoryBytes, maxMemoryBytes, evictionPolicy = 'noeviction' }) => {
      if (role === 'sentinel' || maxMemoryBytes === 0) return 'other';
      if (evictionPolicy.startsWith('allkeys-')) return 'other'; // a cache that is meant to be full
      if (usedMemoryBytes === undefined || maxMemoryBytes === undefined) return 'silent';
      return above(Math.round((usedMemoryBytes / maxMemoryBytes) * 100), { warning: warningPercent });
    });
  },
});
