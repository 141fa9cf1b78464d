import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const redisFragmentationHigh = defineCheck({
  id: 'redis-fragmentation-high',
  area: 'middleware',
  product: 'redis',
  group: 'resources',
  title: { zh: 'Redis 内存碎片率高', en: 'High Redis memory fragmentation' },
  why: { zh: '实际占用远大于数据量，可能更早触发内存不足。', en: 'Redis uses far more memory than its data needs, and may run out of memory sooner.' },
  remedy: {
    zh: '执行 `redis-cli INFO memory` 查看 mem_fragmentation_ratio；在低峰期执行 `redis-cli MEMORY PURGE` 或开启 activedefrag。',
    en: 'Run `redis-cli INFO memory` and check mem_fragmentation_ratio; run `redis-cli MEMORY PURGE` at off-peak times, or enable activedefrag.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'ratio',
  threshold: { warningRatio: 1.5, leastUsedBytes: 104857600 },
  source: 'redis.io INFO: mem_fragmentation_ratio; practice: 1.5, half of the data again is lost; below 100 MB the ratio is that of the program itself',

  evaluate({ middlewareRedis: { members } }, { warningRatio, leastUsedBytes }) {
    return judgeInstances(members, ({ role, fragmentationRatio, usedMemoryBytes }) => {
      if (role === 'sentinel') return 'other';
      if (fragmentationRatio === undefined || usedMemoryBytes === undefined) return 'silent';
      return usedMemoryBytes < leastUsedBytes ? [] : above(fragmentationRatio, { warning: warningRatio });
    });
  },
});
