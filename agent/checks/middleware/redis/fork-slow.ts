import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const redisForkSlow = defineCheck({
  id: 'redis-fork-slow',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis fork 耗时长', en: 'Slow Redis fork' },
  why: { zh: '保存数据时整个服务停顿，请求超时，可能触发误切换。', en: 'The server pauses for each save: requests time out, and a needless failover may be triggered.' },
  remedy: {
    zh: '执行 `redis-cli INFO stats` 查看 latest_fork_usec；关闭透明大页（THP），减小单实例内存，避免在高峰期执行 BGSAVE。',
    en: 'Run `redis-cli INFO stats` and check latest_fork_usec; disable transparent huge pages (THP), use less memory per instance, and avoid BGSAVE at peak times.',
  },
  severity: 'info',
  reads: ['middlewareRedis'],
  unit: 'milliseconds',
  threshold: { infoMs: 500 },
  source: 'redis.io "Diagnosing latency issues": latest_fork_usec; practice: 500 ms, in which all clients wait',

  evaluate({ middlewareRedis: { members } }, { infoMs }) {
    return judgeInstances(members, ({ role, forkMs }) => (role === 'sentinel' ? 'other' : told(forkMs, (milliseconds) => above(milliseconds, { info: infoMs }))));
  },
});
