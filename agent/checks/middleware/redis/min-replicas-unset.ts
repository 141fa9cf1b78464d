import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, modesOf, told } from '../../middleware-rows.ts';

export const redisMinReplicasUnset = defineCheck({
  id: 'redis-min-replicas-unset',
  area: 'middleware',
  product: 'redis',
  group: 'configuration',
  title: { zh: 'Redis 主节点不要求从节点确认即接受写入', en: 'Redis primary accepts writes without any replica' },
  why: { zh: '网络分区时旧主仍接受写入，切换后这些数据全部丢失。', en: 'In a network partition the old primary still accepts writes, all of which are lost after the failover.' },
  remedy: {
    zh: '执行 `redis-cli CONFIG GET min-replicas-to-write`；故障转移时为减少数据丢失，可设置 min-replicas-to-write 1 与 min-replicas-max-lag 10。',
    en: 'Run `redis-cli CONFIG GET min-replicas-to-write`; to reduce data loss in a failover, set min-replicas-to-write 1 and min-replicas-max-lag 10.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { leastCount: 1 },
  source: 'redis.io Sentinel "consistency under partitions"',

  evaluate({ middlewareRedis: { rows, members } }, { leastCount }) {
    const modes = modesOf(rows);
    return judgeInstances(members, ({ instance, role, replicas = 0, minReplicasToWrite }) => {
      if (modes.get(instance) === 'cluster' || role !== 'primary' || replicas === 0) return 'other';
      return told(minReplicasToWrite, (count) => below(count, { info: leastCount - 1 }));
    });
  },
});
