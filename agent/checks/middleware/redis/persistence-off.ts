import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const redisPersistenceOff = defineCheck({
  id: 'redis-persistence-off',
  area: 'middleware',
  product: 'redis',
  group: 'configuration',
  title: { zh: 'Redis 主节点未开启任何持久化', en: 'No persistence enabled on Redis primary' },
  why: { zh: '重启后数据为空，还可能把空数据同步给从节点。', en: 'After a restart it is empty, and this may be replicated to its replicas.' },
  remedy: {
    zh: '执行 `redis-cli CONFIG GET save` 与 `redis-cli CONFIG GET appendonly` 确认；非纯缓存用途请开启 AOF 或 RDB；纯缓存请登记为例外。主节点无持久化且自动重启时，空数据会同步到从节点。',
    en: 'Run `redis-cli CONFIG GET save` and `redis-cli CONFIG GET appendonly`; enable AOF or RDB unless this is purely a cache (then record an exemption). If a primary without persistence restarts automatically, its replicas are emptied too.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRedis'],
  unit: 'value',
  threshold: {},
  source: 'redis.io "Replication": safety of replication when the primary has persistence turned off',

  evaluate({ middlewareRedis: { members } }) {
    return judgeInstances(members, ({ role, appendOnly, snapshots, evictionPolicy }) => {
      if (role !== 'primary' && role !== 'unknown') return 'other';
      if (evictionPolicy?.startsWith('allkeys-')) return 'other'; // a cache
      return appendOnly === undefined || (!appendOnly && snapshots === undefined) ? 'silent' : wrongWhen(!appendOnly && snapshots === false);
    });
  },
});
