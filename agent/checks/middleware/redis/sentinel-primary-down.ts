import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisSentinelPrimaryDown = defineCheck({
  id: 'redis-sentinel-primary-down',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: '哨兵判定主节点下线', en: 'Redis primary reported down by Sentinel' },
  why: { zh: '主节点不可用：写入失败，正在切换或无法切换。', en: 'The primary is unavailable: writes fail, and a failover is in progress or impossible.' },
  remedy: {
    zh: '执行 `redis-cli -p 26379 SENTINEL MASTERS` 查看 flags 中的 s_down、o_down 与地址；检查该主节点是否运行、网络是否可达。',
    en: 'Run `redis-cli -p 26379 SENTINEL MASTERS` and check the flags for s_down and o_down, and the address; check whether that primary is running and reachable.',
  },
  severity: 'critical',
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { downCount: 1 },
  source: 'redis.io Sentinel: flags s_down, o_down',

  evaluate({ middlewareRedis: { rows } }, { downCount }) {
    return judgeInstances(rows, ({ mode, sentinelPrimariesDown }) =>
      mode === 'sentinel' || mode === 'unknown' ? told(sentinelPrimariesDown, (count) => above(count, { critical: downCount })) : 'other',
    );
  },
});
