import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisReplicaLag = defineCheck({
  id: 'redis-replica-lag',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 从节点长时间未收到主节点数据', en: 'No recent data from the primary on Redis replica' },
  why: { zh: '此时切换会丢失最近的写入，读从节点会读到旧数据。', en: 'A failover now would lose the latest writes, and reads from it are stale.' },
  remedy: {
    zh: '在从节点执行 `redis-cli INFO replication`，比较 master_repl_offset 与 slave_repl_offset；检查网络带宽与主节点的 fork、慢命令。',
    en: 'Run `redis-cli INFO replication` on the replica and compare its offsets with those of the primary; check network bandwidth, and forks and slow commands on the primary.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'seconds',
  threshold: { warningSeconds: 30 },
  source: 'practice: three missed pings of repl-ping-replica-period (10 s)',

  evaluate({ middlewareRedis: { members } }, { warningSeconds }) {
    return judgeInstances(members, ({ role, linkUp, lagSeconds }) => {
      if ((role !== 'replica' && role !== 'unknown') || linkUp === false) return 'other';
      return told(lagSeconds, (seconds) => above(seconds, { warning: warningSeconds }));
    });
  },
});
