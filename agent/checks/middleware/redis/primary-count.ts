import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const redisPrimaryCount = defineCheck({
  id: 'redis-primary-count',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 主节点数量不符合部署模式', en: 'Unexpected number of Redis primaries' },
  why: {
    zh: '没有主节点则不能写；多个主节点各写各的，合并时会丢数据。',
    en: 'Without a primary, nothing can be written; with several, writes diverge and data is lost when they are merged.',
  },
  remedy: {
    zh: '在各成员上执行 `redis-cli INFO replication` 核对角色；主从模式出现多个主节点时先停止写入再确认以哪个为准，集群模式检查 `redis-cli CLUSTER NODES`。',
    en: 'Run `redis-cli INFO replication` on each member to check the roles; if a replication setup has several primaries, stop writes before deciding which one is authoritative; in cluster mode, check `redis-cli CLUSTER NODES`.',
  },
  severity: 'critical',
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { clusterLeastCount: 3, replicatedCount: 1 },
  source: 'redis.io "Scaling with Redis Cluster": at least three primaries; awesome-prometheus-alerts RedisMissingMaster and RedisTooManyMasters: one elsewhere',

  evaluate({ middlewareRedis: { rows } }, { clusterLeastCount, replicatedCount }) {
    return judgeInstances(rows, ({ mode, reach, primaries }) => {
      if (mode !== 'cluster' && mode !== 'primary-replica') return 'other';
      if (primaries === undefined || (mode === 'primary-replica' && reach !== 'ok' && primaries < 2)) return 'silent'; // the primary may be the member that did not answer
      const isWrong = mode === 'cluster' ? reach === 'ok' && primaries < clusterLeastCount : primaries !== replicatedCount;
      return isWrong ? [{ observed: primaries, threshold: mode === 'cluster' ? clusterLeastCount : replicatedCount }] : [];
    });
  },
});
