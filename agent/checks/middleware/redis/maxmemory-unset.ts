import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisMaxmemoryUnset = defineCheck({
  id: 'redis-maxmemory-unset',
  area: 'middleware',
  product: 'redis',
  group: 'configuration',
  title: { zh: 'Redis 未设置内存上限', en: 'No Redis memory limit set' },
  why: { zh: '数据会一直增长到主机内存耗尽，进程被系统终止。', en: 'The data can grow until the host runs out of memory and the process is killed.' },
  remedy: {
    zh: '执行 `redis-cli CONFIG GET maxmemory` 确认为 0；按主机或容器内存设置 maxmemory（为复制与 fork 预留），并选择合适的 maxmemory-policy。',
    en: 'Run `redis-cli CONFIG GET maxmemory` to confirm that it is 0; set maxmemory according to the memory of the host or container, with headroom for replication and forks, and choose a suitable maxmemory-policy.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRedis'],
  unit: 'bytes',
  threshold: {},
  source: 'redis.io "Key eviction"',

  evaluate({ middlewareRedis: { members } }) {
    return judgeInstances(members, ({ role, maxMemoryBytes }) => (role === 'sentinel' ? 'other' : told(maxMemoryBytes, (bytes) => (bytes === 0 ? [{ observed: 0 }] : []))));
  },
});
