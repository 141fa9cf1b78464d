import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const redisClientsHigh = defineCheck({
  id: 'redis-clients-high',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 连接数接近上限', en: 'Redis client connections close to the limit' },
  why: { zh: '用完后新连接被拒绝，应用报错。', en: 'Once the limit is reached, new connections are refused and applications fail.' },
  remedy: {
    zh: '执行 `redis-cli CLIENT LIST` 按来源统计连接；排查连接泄漏与过大的连接池，必要时提高 maxclients。',
    en: 'Run `redis-cli CLIENT LIST` and count connections by source; look for connection leaks and oversized pools, and raise maxclients if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'awesome-prometheus-alerts RedisTooManyConnections (90 %); practice: warning at 80 %, as for connections of other middleware',

  evaluate({ middlewareRedis: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ role, clients, maxClients }) => {
      if (role === 'sentinel') return 'other';
      if (clients === undefined || maxClients === undefined || maxClients === 0) return 'silent';
      return above(Math.round((clients / maxClients) * 100), { warning: warningPercent, critical: criticalPercent });
    });
  },
});
