import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisReplicaLinkDown = defineCheck({
  id: 'redis-replica-link-down',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 从节点与主节点的复制中断', en: 'Redis replication link to the primary down' },
  why: { zh: '从节点停在旧数据，主节点故障时切换会丢数据。', en: 'The replica is stuck at old data, and a failover would lose all later writes.' },
  remedy: {
    zh: '在从节点执行 `redis-cli INFO replication` 查看 master_link_status 与中断时长；检查到主节点的网络、masterauth 口令与主节点日志。',
    en: 'Run `redis-cli INFO replication` on the replica to check master_link_status and how long the link has been down; check the network to the primary, the masterauth password and the log of the primary.',
  },
  severity: 'critical',
  reads: ['middlewareRedis'],
  unit: 'seconds',
  threshold: { downSeconds: 0 },
  source: 'awesome-prometheus-alerts RedisReplicationBroken',

  evaluate({ middlewareRedis: { members } }, { downSeconds }) {
    return judgeInstances(members, ({ role, linkUp, linkDownSeconds = 0 }) => {
      if (role !== 'replica' && role !== 'unknown') return 'other';
      return told(linkUp, (isUp) => (isUp || linkDownSeconds < downSeconds ? [] : [{ observed: linkDownSeconds, threshold: downSeconds }]));
    });
  },
});
