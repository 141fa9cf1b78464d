import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisSentinelQuorumLost = defineCheck({
  id: 'redis-sentinel-quorum-lost',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: '哨兵达不到法定人数，无法故障转移', en: 'Sentinel quorum lost: failover impossible' },
  why: { zh: '主节点现在若故障，没有人会接替，服务一直中断。', en: 'If the primary fails now, nothing takes over, and the service stays down.' },
  remedy: {
    zh: '在哨兵上执行 `redis-cli -p 26379 SENTINEL CKQUORUM <主节点名>` 查看缺少的哨兵；恢复停止的哨兵或其网络。',
    en: 'Run `redis-cli -p 26379 SENTINEL CKQUORUM <name>` on a Sentinel to see which ones are missing; restore the stopped Sentinels or their network.',
  },
  severity: 'critical',
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { lostCount: 1 },
  source: 'redis.io Sentinel: CKQUORUM is meant for monitoring',

  evaluate({ middlewareRedis: { rows } }, { lostCount }) {
    return judgeInstances(rows, ({ mode, quorumLost }) =>
      mode === 'sentinel' || mode === 'unknown' ? told(quorumLost, (count) => above(count, { critical: lostCount })) : 'other',
    );
  },
});
