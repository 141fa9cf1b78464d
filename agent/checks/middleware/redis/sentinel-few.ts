import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisSentinelFew = defineCheck({
  id: 'redis-sentinel-few',
  area: 'middleware',
  product: 'redis',
  group: 'configuration',
  title: { zh: '监视同一主节点的哨兵少于三个', en: 'Fewer than three Sentinels monitoring a primary' },
  why: { zh: '坏一个哨兵就达不到法定人数，主节点故障时不会自动切换。', en: 'If one fails, there is no quorum, and a failed primary is not replaced automatically.' },
  remedy: {
    zh: '执行 `redis-cli -p 26379 SENTINEL MASTERS` 查看 num-other-sentinels；在独立的主机上增加哨兵到三个或以上的奇数。',
    en: 'Run `redis-cli -p 26379 SENTINEL MASTERS` and check num-other-sentinels; add Sentinels on separate hosts to reach an odd number of three or more.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { leastCount: 3 },
  source: 'redis.io "High availability with Redis Sentinel": at least three Sentinel instances',

  evaluate({ middlewareRedis: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ mode, sentinelsLeast }) =>
      mode === 'sentinel' || mode === 'unknown' ? told(sentinelsLeast, (count) => below(count, { warning: leastCount - 1 })) : 'other',
    );
  },
});
