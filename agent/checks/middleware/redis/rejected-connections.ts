import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const redisRejectedConnections = defineCheck({
  id: 'redis-rejected-connections',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis 拒绝过连接', en: 'Connections rejected by Redis' },
  why: { zh: '当时有应用连不上，同样的高峰还会再现。', en: 'Applications were unable to connect at the time, and the same peak may recur.' },
  remedy: {
    zh: '执行 `redis-cli INFO stats` 与 `redis-cli INFO clients` 查看 rejected_connections 与当前连接数；排查客户端连接泄漏，必要时提高 maxclients 与进程的文件句柄上限。',
    en: 'Run `redis-cli INFO stats` and `redis-cli INFO clients` to check rejected_connections and the current number of connections; look for client connection leaks, and raise maxclients and the open file limit of the process if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts RedisRejectedConnections (any); counted since the inspection before, else since the start',

  evaluate({ middlewareRedis: { members } }, { warningCount }) {
    return judgeInstances(members, ({ role, rejectedConnections, uptimeSeconds, recentRejected, recentSeconds }) =>
      role === 'sentinel' ? 'other' : told(perDay(rejectedConnections, uptimeSeconds, recentRejected, recentSeconds), (count) => above(count, { warning: warningCount })),
    );
  },
});
